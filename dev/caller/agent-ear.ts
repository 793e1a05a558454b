import type {
  RemoteParticipant,
  RemoteTrack,
  RemoteTrackPublication,
  Room,
} from '@livekit/rtc-node';
import { isAgent } from './agent-presence.js';
import { rtc } from './rtc.js';
import type { VoiceMeter } from './voice-meter.js';

const METER_SAMPLE_RATE = 24_000;
const METER_FRAME_MS = 20;

/**
 * Feeds the agent's voice to a meter: one track at a time, so two agents speaking at once are not heard as twice the
 * voice. Attach it before the room is joined; the room's owner removes the listeners.
 */
export class AgentEar {
  readonly #voice: VoiceMeter;
  #track: RemoteTrack | undefined;

  constructor(room: Room, voice: VoiceMeter) {
    this.#voice = voice;
    room.on(rtc.RoomEvent.TrackSubscribed, this.#listen);
    room.on(rtc.RoomEvent.TrackUnsubscribed, this.#unlisten);
  }

  readonly #listen = (
    track: RemoteTrack,
    publication: RemoteTrackPublication,
    participant: RemoteParticipant,
  ): void => {
    const isVoice =
      isAgent(participant) && publication.source === rtc.TrackSource.SOURCE_MICROPHONE;
    if (isVoice && this.#track === undefined) {
      this.#track = track;
      void this.#measure(track);
    }
  };

  readonly #unlisten = (track: RemoteTrack): void => {
    if (track.sid === this.#track?.sid) {
      this.#track = undefined;
      this.#voice.trackEnded();
    }
  };

  /** Ends by itself when the track is unsubscribed: rtc-node then ends the stream. */
  async #measure(track: RemoteTrack): Promise<void> {
    const stream = new rtc.AudioStream(track, {
      sampleRate: METER_SAMPLE_RATE,
      numChannels: 1,
      frameSizeMs: METER_FRAME_MS,
    });
    for await (const frame of stream) {
      this.#voice.push(frame.data, METER_SAMPLE_RATE);
    }
  }
}
