import type { JobContext } from '@livekit/agents';
import {
  ConnectionState,
  DisconnectReason,
  ParticipantKind,
  RoomEvent,
  type RemoteParticipant,
} from '@livekit/rtc-node';
import type { CallEndReason } from './outcome.js';

/**
 * When our own connection is built anew, everybody seems to leave one event before it says that it is reconnecting, and
 * comes back with it (measured with rtc-node 0.13.35). So a leaving counts only when it still holds this much later.
 */
const LEAVING_HOLDS_MS = 250;

/**
 * After LiveKit itself was away, the caller's client comes back on its own, and later than ours: up to six seconds of silence
 * were measured for an outage of 4.5 s (self-hosting facts, 2), and clients try again at growing distances.
 */
const RETURNING_MS = 15_000;

/** The caller is sent out before us when a room is deleted or its server stops: that is no leaving. */
const LOSSES: ReadonlySet<DisconnectReason> = new Set([
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
  DisconnectReason.SERVER_SHUTDOWN,
]);

/** The caller is gone, or seems so; what it means if they still are when the time is up. */
interface Missed {
  readonly reason: CallEndReason;
  readonly why: string;
  readonly timer: NodeJS.Timeout;
}

type RoomContext = Pick<JobContext, 'room' | 'waitForParticipant'>;

/**
 * The room of one call: who the caller is, when they leave, and when the room is lost. The caller is the first human
 * to join; when they leave the call ends, also when others are still there.
 */
export class CallRoom {
  readonly #ctx: RoomContext;
  readonly #end: (reason: CallEndReason, detail: string) => void;
  #callerIdentity: string | undefined;
  /** What was to be published before we were in the room. */
  #unpublished: Readonly<Record<string, string>> = {};
  #missed: Missed | undefined;

  constructor(ctx: RoomContext, end: (reason: CallEndReason, detail: string) => void) {
    this.#ctx = ctx;
    this.#end = end;
    ctx.room.on(RoomEvent.ParticipantDisconnected, this.#onParticipantDisconnected);
    ctx.room.on(RoomEvent.Reconnected, this.#onReconnected);
    ctx.room.on(RoomEvent.Disconnected, this.#onDisconnected);
  }

  /** Resolves when a human is in the room; rejects when the room is lost before. */
  async callerJoined(): Promise<void> {
    const caller = await this.#ctx.waitForParticipant();
    this.#callerIdentity = caller.identity;
  }

  /** Whether a human is in the room, without waiting for one. */
  get hasCaller(): boolean {
    const { room } = this.#ctx;
    return (
      room.isConnected &&
      [...room.remoteParticipants.values()].some(({ kind }) => kind !== ParticipantKind.AGENT)
    );
  }

  /** Resolves when we are in the room and it knows all that was published, or when `signal` aborts. */
  async joined(signal: AbortSignal): Promise<void> {
    const { room } = this.#ctx;
    if (!room.isConnected && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (room.isConnected || signal.aborted) {
            room.off(RoomEvent.ConnectionStateChanged, look);
            signal.removeEventListener('abort', look);
            resolve();
          }
        };
        room.on(RoomEvent.ConnectionStateChanged, look);
        signal.addEventListener('abort', look);
      });
    }
    if (Object.keys(this.#unpublished).length > 0) {
      await this.publish(this.#unpublished);
    }
  }

  /** Sets attributes of the agent's participant. Outside the room they are kept until `joined`. */
  async publish(attributes: Readonly<Record<string, string>>): Promise<void> {
    const { room } = this.#ctx;
    if (room.isConnected && room.localParticipant) {
      this.#unpublished = {};
      await room.localParticipant.setAttributes({ ...attributes });
    } else {
      this.#unpublished = { ...this.#unpublished, ...attributes };
    }
  }

  /**
   * Ends the framework's wait for somebody who listens to the agent. Somebody who leaves before that leaves it waiting for ever,
   * and the closing of its session waits for it (agents 1.9.0, RoomIO.close: found with a caller who left at once).
   */
  expectNoListener(): void {
    for (const publication of this.#ctx.room.localParticipant?.trackPublications.values() ?? []) {
      publication.resolveFirstSubscription();
    }
  }

  /** Removes the listeners. */
  release(): void {
    clearTimeout(this.#missed?.timer);
    this.#ctx.room.off(RoomEvent.Reconnected, this.#onReconnected);
    this.#ctx.room.off(RoomEvent.ParticipantDisconnected, this.#onParticipantDisconnected);
    this.#ctx.room.off(RoomEvent.Disconnected, this.#onDisconnected);
  }

  readonly #onParticipantDisconnected = (participant: RemoteParticipant): void => {
    if (participant.identity !== this.#callerIdentity) {
      return;
    }
    const { disconnectReason: reason } = participant;
    if (reason !== undefined && LOSSES.has(reason)) {
      this.#end('livekit-lost', word(reason));
      return;
    }
    this.#miss({ reason: 'caller-left', why: word(reason) }, LEAVING_HOLDS_MS);
  };

  /** The connection was ours: a caller who is not here yet may have lost theirs, too, and be on the way back. */
  readonly #onReconnected = (): void => {
    if (this.#missed && !this.#callerIsHere()) {
      this.#miss({ reason: 'livekit-lost', why: 'the-caller-did-not-come-back' }, RETURNING_MS);
    }
  };

  #miss(missed: Omit<Missed, 'timer'>, ms: number): void {
    clearTimeout(this.#missed?.timer);
    this.#missed = { ...missed, timer: setTimeout(this.#decide, ms) };
  }

  readonly #decide = (): void => {
    // While we reconnect nobody can be seen; Reconnected asks again, and Disconnected ends the call.
    if (!this.#missed || this.#ctx.room.connectionState !== ConnectionState.CONN_CONNECTED) {
      return;
    }
    const { reason, why } = this.#missed;
    this.#missed = undefined;
    if (!this.#callerIsHere()) {
      this.#end(reason, why);
    }
  };

  #callerIsHere(): boolean {
    return [...this.#ctx.room.remoteParticipants.values()].some(
      ({ identity }) => identity === this.#callerIdentity,
    );
  }

  readonly #onDisconnected = (reason: DisconnectReason): void => {
    // CLIENT_INITIATED is our own leaving, at the framework's bidding.
    const byUs = reason === DisconnectReason.CLIENT_INITIATED;
    this.#end(byUs ? 'worker-shutdown' : 'livekit-lost', word(reason));
  };
}

/** LiveKit's reason in lower case with hyphens, such as `room-deleted`. */
function word(reason: DisconnectReason | undefined): string {
  const name = reason === undefined ? undefined : DisconnectReason[reason];
  return (name ?? 'unknown').toLowerCase().replaceAll('_', '-');
}
