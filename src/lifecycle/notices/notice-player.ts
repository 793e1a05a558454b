import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  TrackPublishOptions,
  type LocalParticipant,
  type LocalTrackPublication,
} from '@livekit/rtc-node';
import { pause } from '../pause.js';
import type { Pcm } from './wav.js';

/** The track's name in the room. Its source is unknown, as it is neither a microphone nor a screen: pages play it. */
export const NOTICE_TRACK = 'notice';

const FRAME_MS = 20;
/** What the native source holds ahead; also what may still be heard of a clip that is cut. */
const QUEUE_MS = 100;
/** The first frames after a subscription are swallowed while the listener's decoder starts. */
const LEAD_IN_MS = 200;
/** From the last sample handed over to the listener's ear: network and jitter buffer. */
const TAIL_MS = 300;
/** A listener subscribes within a few hundred milliseconds; one who does not hears nothing. */
const SUBSCRIPTION_MS = 2_000;

/** How much of a clip went to the caller. */
export type Heard = 'whole' | 'cut' | 'nothing';

type Publisher = Pick<LocalParticipant, 'publishTrack'>;

/**
 * Plays recorded sentences on a track of its own, which needs neither the session nor any service: AgentSession refuses
 * to speak once it closes, and what it has to say waits behind a reply that does not come. The track is published when
 * it is first needed, and leaves with the room.
 */
export class NoticePlayer {
  readonly #publisher: () => Publisher | undefined;
  /** By sample rate: a source takes one. */
  readonly #lines = new Map<number, Promise<Line>>();

  /** @param publisher our participant in the room; undefined while there is none */
  constructor(publisher: () => Publisher | undefined) {
    this.#publisher = publisher;
  }

  /** Plays a clip to its end, or until `signal` aborts. One at a time. Rejects when the track cannot be published. */
  async play(clip: Pcm, signal: AbortSignal): Promise<Heard> {
    const publisher = this.#publisher();
    const isCut = (): boolean => signal.aborted;
    if (!publisher || isCut()) {
      return 'nothing';
    }
    const { source, publication } = await this.#line(publisher, clip.sampleRate);
    if (!(await subscribed(publication, signal))) {
      return 'nothing';
    }
    for (const samples of frames(clip)) {
      if (isCut()) {
        source.clearQueue();
        return 'cut';
      }
      await source.captureFrame(new AudioFrame(samples, clip.sampleRate, 1, samples.length));
    }
    await pause(QUEUE_MS + TAIL_MS, signal);
    return 'whole';
  }

  /** Lets go of what was published. */
  async close(): Promise<void> {
    const lines = [...this.#lines.values()];
    this.#lines.clear();
    await Promise.allSettled(lines.map(async (line) => (await line).track.close()));
  }

  #line(publisher: Publisher, sampleRate: number): Promise<Line> {
    const line = this.#lines.get(sampleRate) ?? open(publisher, sampleRate);
    this.#lines.set(sampleRate, line);
    line.catch(() => this.#lines.delete(sampleRate));
    return line;
  }
}

interface Line {
  readonly source: AudioSource;
  readonly track: LocalAudioTrack;
  readonly publication: LocalTrackPublication;
}

async function open(publisher: Publisher, sampleRate: number): Promise<Line> {
  const source = new AudioSource(sampleRate, 1, QUEUE_MS);
  const track = LocalAudioTrack.createAudioTrack(NOTICE_TRACK, source);
  const publication = await publisher.publishTrack(track, new TrackPublishOptions());
  return { source, track, publication };
}

/** Frames of their own memory: rtc-node sends the whole buffer beneath a typed array. */
function* frames({ samples, sampleRate }: Pcm): Generator<Int16Array> {
  const length = (sampleRate * FRAME_MS) / 1_000;
  for (let ms = 0; ms < LEAD_IN_MS; ms += FRAME_MS) {
    yield new Int16Array(length);
  }
  for (let at = 0; at < samples.length; at += length) {
    const frame = new Int16Array(length);
    frame.set(samples.subarray(at, at + length));
    yield frame;
  }
}

async function subscribed(
  publication: LocalTrackPublication,
  signal: AbortSignal,
): Promise<boolean> {
  const heard = new AbortController();
  const listens = publication.waitForSubscription().then(() => true);
  const nobody = pause(SUBSCRIPTION_MS, AbortSignal.any([signal, heard.signal])).then(() => false);
  return Promise.race([listens, nobody]).finally(() => heard.abort());
}
