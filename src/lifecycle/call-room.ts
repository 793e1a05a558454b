import type { JobContext } from '@livekit/agents';
import {
  ConnectionState,
  DisconnectReason,
  RoomEvent,
  type RemoteParticipant,
} from '@livekit/rtc-node';
import type { CallEndReason } from './outcome.js';

type RoomContext = Pick<JobContext, 'room' | 'waitForParticipant'>;

/** A server that dies takes everybody else out of the room, without a reason, before our own end is told. */
const SETTLE_MS = 1_000;

const LOSSES: ReadonlySet<DisconnectReason> = new Set([
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
  DisconnectReason.SERVER_SHUTDOWN,
]);

/**
 * The room of one call: who the caller is, when they leave, and when the room is lost. The caller is the first human
 * to join; when they leave the call ends, also when others are still there.
 */
export class CallRoom {
  readonly #ctx: RoomContext;
  readonly #end: (reason: CallEndReason, detail: string) => void;
  #callerIdentity: string | undefined;
  #settling: NodeJS.Timeout | undefined;

  constructor(ctx: RoomContext, end: (reason: CallEndReason, detail: string) => void) {
    this.#ctx = ctx;
    this.#end = end;
    ctx.room.on(RoomEvent.ParticipantDisconnected, this.#onParticipantDisconnected);
    ctx.room.on(RoomEvent.Disconnected, this.#onDisconnected);
  }

  /** Resolves when a human is in the room; rejects when the room is lost before. */
  async callerJoined(): Promise<void> {
    const caller = await this.#ctx.waitForParticipant();
    this.#callerIdentity = caller.identity;
  }

  /** Sets attributes of the agent's participant. Does nothing outside the room. */
  async publish(attributes: Readonly<Record<string, string>>): Promise<void> {
    if (this.#ctx.room.isConnected) {
      await this.#ctx.room.localParticipant?.setAttributes({ ...attributes });
    }
  }

  /** Removes the listeners. */
  release(): void {
    clearTimeout(this.#settling);
    this.#ctx.room.off(RoomEvent.ParticipantDisconnected, this.#onParticipantDisconnected);
    this.#ctx.room.off(RoomEvent.Disconnected, this.#onDisconnected);
  }

  /** Unlike rtc-node's `isConnected`, not while the connection is being made anew. */
  #isConnected(): boolean {
    return this.#ctx.room.connectionState === ConnectionState.CONN_CONNECTED;
  }

  readonly #onParticipantDisconnected = (participant: RemoteParticipant): void => {
    if (participant.identity === this.#callerIdentity) {
      const { disconnectReason: reason } = participant;
      const left = (): void => {
        const lost = isLoss(reason) || !this.#isConnected();
        this.#end(lost ? 'livekit-lost' : 'caller-left', word(reason));
      };
      if (reason === undefined || reason === DisconnectReason.UNKNOWN_REASON) {
        this.#settling = setTimeout(left, SETTLE_MS);
      } else {
        left();
      }
    }
  };

  readonly #onDisconnected = (reason: DisconnectReason): void => {
    // CLIENT_INITIATED is our own leaving, at the framework's bidding.
    const byUs = reason === DisconnectReason.CLIENT_INITIATED;
    this.#end(byUs ? 'worker-shutdown' : 'livekit-lost', word(reason));
  };
}

/** The caller is sent out before the agent when a room is deleted or its server stops: that is no leaving. */
function isLoss(reason: DisconnectReason | undefined): boolean {
  return reason !== undefined && LOSSES.has(reason);
}

/** LiveKit's reason in lower case with hyphens, such as `room-deleted`. */
function word(reason: DisconnectReason | undefined): string {
  const name = reason === undefined ? undefined : DisconnectReason[reason];
  return (name ?? 'unknown').toLowerCase().replaceAll('_', '-');
}
