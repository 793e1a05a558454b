import {
  ConnectionState,
  DisconnectReason,
  RoomEvent,
  type RemoteParticipant,
  type Room,
} from '@livekit/rtc-node';
import { disconnectWord } from './disconnect-word.js';
import type { Gone } from './rejoin-grace.js';

/**
 * When our own connection is built anew, everybody seems to leave one event before it says that it is reconnecting, and
 * comes back with it (measured with rtc-node 0.13.35). So a leaving counts only when it still holds this much later.
 */
const LEAVING_HOLDS_MS = 250;

/** A caller who is back hears us about when we hear them; one without a microphone is given this long. */
const HEARS_AGAIN_MS = 2_000;

/** The caller is sent out before us when a room is deleted or its server stops: that is no leaving. */
const LOSSES: ReadonlySet<DisconnectReason> = new Set([
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
  DisconnectReason.SERVER_SHUTDOWN,
]);

/** Who is told of the caller's going and coming. */
export interface CallerListener {
  /** The caller is gone. */
  callerAway(gone: Gone): void;
  /** A caller who was gone is in the room again, and can hear the agent. Never without `callerAway` before it. */
  callerBack(): void;
  /** They are writing an answer: they are there, though nothing is heard of them. */
  callerTypes(): void;
}

interface RoomListener extends Pick<CallerListener, 'callerAway' | 'callerBack'> {
  /** The caller was sent out, and we will be: the room is over. */
  lost(why: string): void;
  /** This stay of the caller is known here; what they write from now on is theirs. */
  seen(sid: string): void;
}

/**
 * Watches one caller go and come back. They are known by their identity; each of their stays in the room has another id
 * (LiveKit's sid), so that a page that was loaded anew is seen also when it was quicker than its past was cleared away.
 */
export class CallerWatch {
  readonly #room: Room;
  readonly #listener: RoomListener;
  #identity: string | undefined;
  #sid: string | undefined;
  /** The caller seems gone: why. */
  #missed: Gone | undefined;
  #isAway = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(room: Room, listener: RoomListener) {
    this.#room = room;
    this.#listener = listener;
    room.on(RoomEvent.ParticipantConnected, this.#onParticipantConnected);
    room.on(RoomEvent.TrackSubscribed, this.#onTrackSubscribed);
    room.on(RoomEvent.ParticipantDisconnected, this.#onParticipantDisconnected);
    room.on(RoomEvent.Reconnected, this.#onReconnected);
  }

  /** This is the caller. */
  follow({ identity, sid }: Pick<RemoteParticipant, 'identity' | 'sid'>): void {
    this.#identity = identity;
    this.#see(sid);
  }

  /** Whether somebody of this identity is the caller. */
  is(identity: string | undefined): boolean {
    return this.#identity !== undefined && identity === this.#identity;
  }

  /** A caller who does something is back, also before they could be heard. */
  acts(): void {
    this.#back();
  }

  /** Removes the listeners. */
  release(): void {
    clearTimeout(this.#timer);
    this.#room.off(RoomEvent.ParticipantConnected, this.#onParticipantConnected);
    this.#room.off(RoomEvent.TrackSubscribed, this.#onTrackSubscribed);
    this.#room.off(RoomEvent.ParticipantDisconnected, this.#onParticipantDisconnected);
    this.#room.off(RoomEvent.Reconnected, this.#onReconnected);
  }

  readonly #onParticipantDisconnected = (participant: RemoteParticipant): void => {
    if (participant.identity !== this.#identity) {
      return;
    }
    const { disconnectReason: reason } = participant;
    if (reason !== undefined && LOSSES.has(reason)) {
      this.#listener.lost(disconnectWord(reason));
      return;
    }
    this.#missed = { reason: 'caller-left', why: disconnectWord(reason) };
    this.#after(LEAVING_HOLDS_MS, this.#decide);
  };

  /** The connection was ours: a caller who is not here yet may have lost theirs, too, and be on the way back. */
  readonly #onReconnected = (): void => {
    if (this.#missed && !this.#isHere()) {
      this.#away({ reason: 'livekit-lost', why: 'the-caller-did-not-come-back' });
    }
  };

  readonly #decide = (): void => {
    // While we reconnect nobody can be seen; Reconnected asks again, and Disconnected ends the call.
    if (!this.#missed || this.#room.connectionState !== ConnectionState.CONN_CONNECTED) {
      return;
    }
    const missed = this.#missed;
    this.#missed = undefined;
    if (!this.#isHere()) {
      this.#away(missed);
    }
  };

  readonly #onParticipantConnected = ({ identity, sid }: RemoteParticipant): void => {
    if (identity !== this.#identity || (!this.#isAway && sid === this.#sid)) {
      return;
    }
    this.#see(sid);
    if (!this.#isAway && this.#room.connectionState !== ConnectionState.CONN_CONNECTED) {
      // After a restart of LiveKit's server everybody comes back under another id; the caller was merely faster than we.
      this.#missed = undefined;
      return;
    }
    if (!this.#isAway) {
      this.#away(this.#missed ?? { reason: 'caller-left', why: 'joined-again' });
    }
    this.#after(HEARS_AGAIN_MS, this.#back);
  };

  readonly #onTrackSubscribed = (
    _track: unknown,
    _publication: unknown,
    { identity, sid }: RemoteParticipant,
  ): void => {
    if (identity === this.#identity && sid === this.#sid) {
      this.#back();
    }
  };

  readonly #back = (): void => {
    if (this.#isAway && this.#isHere()) {
      clearTimeout(this.#timer);
      this.#isAway = false;
      this.#listener.callerBack();
    }
  };

  #see(sid: string | undefined): void {
    this.#sid = sid;
    if (sid !== undefined) {
      this.#listener.seen(sid);
    }
  }

  #away(gone: Gone): void {
    clearTimeout(this.#timer);
    this.#missed = undefined;
    this.#isAway = true;
    this.#listener.callerAway(gone);
  }

  #after(ms: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, ms);
  }

  #isHere(): boolean {
    return [...this.#room.remoteParticipants.values()].some(
      ({ identity }) => identity === this.#identity,
    );
  }
}
