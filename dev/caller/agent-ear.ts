import type {
  RemoteParticipant,
  RemoteTrack,
  RemoteTrackPublication,
  Room,
} from '@livekit/rtc-node';
import { isAgent } from './agent-presence.js';
import { rtc } from './rtc.js';
import { TrackMix } from './track-mix.js';
import type { VoiceMeter } from './voice-meter.js';

const METER_SAMPLE_RATE = 24_000;
const METER_FRAME_MS = 20;

/**
 * Feeds everything that agents say to a meter, whatever track it comes on. Attach it before the room is joined; the
 * room's owner removes the listeners.
 */
export class AgentEar {
  readonly #voice: VoiceMeter;
  readonly #mix = new TrackMix();

  constructor(room: Room, voice: VoiceMeter) {
    this.#voice = voice;
    room.on(rtc.RoomEvent.TrackSubscribed, this.#listen);
    room.on(rtc.RoomEvent.TrackUnsubscribed, this.#unlisten);
  }

  readonly #listen = (
    track: RemoteTrack,
    _publication: RemoteTrackPublication,
    participant: RemoteParticipant,
  ): void => {
    if (isAgent(participant) && track.kind === rtc.TrackKind.KIND_AUDIO) {
      // A track that is gone before it was listened to cannot be heard, and the library throws.
      this.#measure(track).catch(() => this.#unlisten(track));
    }
  };

  readonly #unlisten = (track: RemoteTrack): void => {
    if (track.sid !== undefined && this.#mix.remove(track.sid)) {
      this.#voice.trackEnded();
    }
  };

  /** Ends by itself when the track is unsubscribed: rtc-node then ends the stream. */
  async #measure(track: RemoteTrack): Promise<void> {
    const sid = track.sid ?? '';
    const stream = new rtc.AudioStream(track, {
      sampleRate: METER_SAMPLE_RATE,
      numChannels: 1,
      frameSizeMs: METER_FRAME_MS,
    });
    for await (const frame of stream) {
      const heard = this.#mix.push(sid, frame.data);
      if (heard !== undefined) {
        this.#voice.push(heard, METER_SAMPLE_RATE);
      }
    }
  }
}
