import type { JobContext } from '@livekit/agents';
import {
  DisconnectReason,
  ParticipantKind,
  RoomEvent,
  type RemoteParticipant,
} from '@livekit/rtc-node';
import { CallerWatch, type CallerListener } from './caller-watch.js';
import { disconnectWord } from './disconnect-word.js';
import type { CallEndReason } from './end-reason.js';
import { setAttributes } from './room-attributes.js';

/** Topics of the data packets by which a caller's page says that they hang up, and will not come back; or that they type. */
const LEAVE_TOPIC = 'call.leave';
const TYPING_TOPIC = 'call.typing';

/**
 * Attribute of the agent's participant: the stay (LiveKit's sid) of the caller that it knows of. A text that overtakes its
 * writer's arrival is dropped by the framework, so a page waits for this with what is written right after joining.
 */
const CALLER = 'call.caller';

type RoomContext = Pick<JobContext, 'room' | 'waitForParticipant'>;

/**
 * The room of one call: who the caller is, when they leave and come back, and when the room is lost. The caller is the
 * first human to join; it is them who count, also when others are still there.
 */
export class CallRoom {
  readonly #ctx: RoomContext;
  readonly #end: (reason: CallEndReason, detail: string) => void;
  readonly #caller: CallerWatch;
  #attendance: CallerListener | undefined;
  /** What was to be published before we were in the room. */
  #unpublished: Readonly<Record<string, string>> = {};

  constructor(ctx: RoomContext, end: (reason: CallEndReason, detail: string) => void) {
    this.#ctx = ctx;
    this.#end = end;
    this.#caller = new CallerWatch(ctx.room, {
      lost: (why) => end('livekit-lost', why),
      callerAway: (gone) => this.#attendance?.callerAway(gone),
      callerBack: () => this.#attendance?.callerBack(),
      // Who is gone by then needs no answer.
      seen: (sid) => void this.publish({ [CALLER]: sid }).catch(() => undefined),
    });
    ctx.room.on(RoomEvent.Disconnected, this.#onDisconnected);
    ctx.room.on(RoomEvent.DataReceived, this.#onData);
  }

  /** Says who is told of the caller's going and coming; to be called before `callerJoined`. */
  attend(attendance: CallerListener): void {
    this.#attendance = attendance;
  }

  /** Resolves when a human is in the room; rejects when the room is lost before. */
  async callerJoined(): Promise<void> {
    this.#caller.follow(await this.#ctx.waitForParticipant());
  }

  /** The caller has written something. */
  callerWrote(): void {
    this.#caller.acts();
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
      await setAttributes(room, attributes);
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
    this.#caller.release();
    this.#ctx.room.off(RoomEvent.Disconnected, this.#onDisconnected);
    this.#ctx.room.off(RoomEvent.DataReceived, this.#onData);
  }

  /** Whoever hangs up need not be waited for: LiveKit says the same of them as of a page that is loaded anew. */
  readonly #onData = (
    _payload: Uint8Array,
    from: RemoteParticipant | undefined,
    _kind: unknown,
    topic: string | undefined,
  ): void => {
    if (!this.#caller.is(from?.identity)) {
      return;
    }
    if (topic === LEAVE_TOPIC) {
      this.#end('caller-left', 'the caller hung up');
    } else if (topic === TYPING_TOPIC) {
      this.#caller.acts();
      this.#attendance?.callerTypes();
    }
  };

  readonly #onDisconnected = (reason: DisconnectReason): void => {
    // CLIENT_INITIATED is our own leaving, at the framework's bidding.
    const byUs = reason === DisconnectReason.CLIENT_INITIATED;
    this.#end(byUs ? 'worker-shutdown' : 'livekit-lost', disconnectWord(reason));
  };
}
