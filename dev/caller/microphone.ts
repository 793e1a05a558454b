import type { AudioSource, LocalAudioTrack, Room } from '@livekit/rtc-node';
import { rtc } from './rtc.js';
import { SpeechQueue, type SpokenLine } from './speech-queue.js';

export const MICROPHONE_SAMPLE_RATE = 24_000;
const FRAME_SAMPLES = 480; // 20 ms
/**
 * What the native source holds before it makes us wait. It sends by its own clock, so frames are never late however
 * busy this process is for less than that; and a line is heard that much after it was handed over.
 */
const SOURCE_QUEUE_MS = 60;

/** A microphone that always sends: lines when there are any, else silence. */
export class Microphone {
  readonly #source: AudioSource;
  readonly #track: LocalAudioTrack;
  readonly #queue = new SpeechQueue(FRAME_SAMPLES);
  readonly #pump: Promise<void>;
  #closed = false;
  #failure: Error | undefined;

  private constructor(source: AudioSource, track: LocalAudioTrack) {
    this.#source = source;
    this.#track = track;
    this.#pump = this.#run();
  }

  /** Publishes a microphone track in `room`. */
  static async publish(room: Room): Promise<Microphone> {
    if (room.localParticipant === undefined) {
      throw new Error('A microphone can be published only after the room was joined.');
    }
    const source = new rtc.AudioSource(MICROPHONE_SAMPLE_RATE, 1, SOURCE_QUEUE_MS);
    const track = rtc.LocalAudioTrack.createAudioTrack('microphone', source);
    const options = new rtc.TrackPublishOptions({ source: rtc.TrackSource.SOURCE_MICROPHONE });
    await room.localParticipant.publishTrack(track, options);
    return new Microphone(source, track);
  }

  /** Speaks mono 16-bit samples of `MICROPHONE_SAMPLE_RATE` after what is being spoken. */
  speak(samples: Int16Array): Promise<SpokenLine> {
    if (this.#closed) {
      return Promise.reject(this.#failure ?? new Error('The caller has left: it cannot speak.'));
    }
    return this.#queue.add(samples);
  }

  stopSpeaking(): void {
    this.#queue.stop(performance.now());
  }

  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#queue.stop(performance.now());
    }
    await this.#pump;
    await this.#track.close();
  }

  /** Handing a frame over waits until the source has room for it: that is the pace. */
  async #run(): Promise<void> {
    try {
      while (!this.#closed) {
        const samples = this.#queue.nextFrame(performance.now() + SOURCE_QUEUE_MS);
        await this.#source.captureFrame(
          new rtc.AudioFrame(samples, MICROPHONE_SAMPLE_RATE, 1, samples.length),
        );
      }
    } catch (error) {
      this.#closed = true;
      this.#failure = new Error('The caller’s microphone failed.', { cause: error });
      this.#queue.fail(this.#failure);
    }
  }
}
