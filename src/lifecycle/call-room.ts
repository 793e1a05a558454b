import type { JobContext } from '@livekit/agents';
import { DisconnectReason, RoomEvent, type RemoteParticipant } from '@livekit/rtc-node';
import type { CallEndReason } from './outcome.js';

type RoomContext = Pick<JobContext, 'room' | 'waitForParticipant'>;

/**
 * The room of one call: who the caller is, when they leave, and when the room is lost. The caller is the first human
 * to join; when they leave the call ends, also when others are still there.
 */
export class CallRoom {
  readonly #ctx: RoomContext;
  readonly #end: (reason: CallEndReason, detail: string) => void;
  #callerIdentity: string | undefined;

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
    this.#ctx.room.off(RoomEvent.ParticipantDisconnected, this.#onParticipantDisconnected);
    this.#ctx.room.off(RoomEvent.Disconnected, this.#onDisconnected);
  }

  readonly #onParticipantDisconnected = (participant: RemoteParticipant): void => {
    if (participant.identity === this.#callerIdentity) {
      this.#end('caller-left', word(participant.disconnectReason));
    }
  };

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
