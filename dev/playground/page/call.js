/* global clearTimeout, document, setTimeout */
import {
  createLocalAudioTrack,
  DisconnectReason,
  Room,
  RoomEvent,
  setLogLevel,
} from '/vendor/livekit-client.js';

setLogLevel('warn');

/** A worker without a warm process needs one to three seconds. */
const AGENT_EXPECTED_MS = 5000;
/** While the caller's own connection is built anew, everybody seems to leave for a moment. */
const SETTLE_MS = 500;

/**
 * One call: joins a room, sends the microphone, plays the agent. Tells what happens through `on`, and shows nothing
 * itself.
 */
export class Call {
  #room = new Room();
  #microphone;
  #on;
  #timers = new Set();
  #muted = false;
  #ended = false;
  #attributes = {};

  /**
   * @param {{
   *   waiting(): void, agent(attributes: Record<string, string>): void, noAgent(): void,
   *   transcript(reader, speaker): void, hearing(allowed: boolean): void, reconnecting(): void,
   *   ended(how: 'left' | 'agent-left' | 'connection-lost', attributes: Record<string, string>): void,
   * }} on
   */
  constructor(on) {
    this.#on = on;
  }

  /** Asks for the microphone; to be done before the call is made, so that nobody is called in vain. */
  async openMicrophone() {
    this.#microphone = await createLocalAudioTrack({
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    });
    await this.mute(this.#muted);
  }

  /** Joins with what `POST /api/calls` answered. */
  async join({ url, token }) {
    const room = this.#room;
    room
      .on(RoomEvent.TrackSubscribed, (track) => this.#play(track))
      .on(RoomEvent.TrackUnsubscribed, (track) =>
        track.detach().forEach((element) => element.remove()),
      )
      .on(RoomEvent.ParticipantConnected, () => this.#tellAgent())
      .on(RoomEvent.ParticipantAttributesChanged, () => this.#tellAgent())
      .on(RoomEvent.ParticipantDisconnected, () =>
        this.#after(SETTLE_MS, () => this.#seeWhoIsLeft()),
      )
      .on(RoomEvent.AudioPlaybackStatusChanged, () => this.#on.hearing(room.canPlaybackAudio))
      .on(RoomEvent.Reconnecting, () => this.#on.reconnecting())
      .on(RoomEvent.Reconnected, () => this.#tellAgent())
      .on(RoomEvent.Disconnected, (reason) => this.#end(howItEnded(reason)));
    room.registerTextStreamHandler('lk.transcription', (reader, { identity }) => {
      const speaker = identity === room.localParticipant.identity ? 'caller' : 'agent';
      this.#on.transcript(reader, speaker);
    });
    await room.connect(url, token);
    await room.localParticipant.publishTrack(this.#microphone);
    this.#after(AGENT_EXPECTED_MS, () => {
      if (this.#agent() === undefined) {
        this.#on.noAgent();
      }
    });
    this.#tellAgent();
  }

  /** To be called from a click: browsers play nothing before one. */
  async allowHearing() {
    await this.#room.startAudio();
  }

  get muted() {
    return this.#muted;
  }

  /** Also before the microphone is open: then it opens muted. @param {boolean} muted */
  async mute(muted) {
    this.#muted = muted;
    await (muted ? this.#microphone?.mute() : this.#microphone?.unmute());
  }

  /** Hangs up. A second time is the same as once. */
  async leave() {
    this.#end('left');
    await this.#room.disconnect();
  }

  #agent() {
    return [...this.#room.remoteParticipants.values()].find((participant) => participant.isAgent);
  }

  #tellAgent() {
    const agent = this.#agent();
    if (agent === undefined) {
      this.#on.waiting();
    } else {
      this.#attributes = { ...agent.attributes };
      this.#on.agent(this.#attributes);
    }
  }

  #seeWhoIsLeft() {
    if (this.#room.state === 'connected' && this.#agent() === undefined) {
      this.#end('agent-left');
    }
  }

  #play(track) {
    if (track.kind === 'audio') {
      document.body.append(track.attach());
    }
  }

  #after(delayMs, act) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, delayMs);
    this.#timers.add(timer);
  }

  #end(how) {
    if (this.#ended) {
      return;
    }
    this.#ended = true;
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#microphone?.stop();
    this.#on.ended(how, this.#attributes);
    void this.#room.disconnect();
  }
}

function howItEnded(reason) {
  const byTheAgent = [DisconnectReason.ROOM_DELETED, DisconnectReason.PARTICIPANT_REMOVED];
  return byTheAgent.includes(reason) ? 'agent-left' : 'connection-lost';
}
