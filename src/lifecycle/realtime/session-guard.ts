import type { llm } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import { AudioLane } from './audio-lane.js';
import type { ConnectionError } from './connection-error.js';
import { ConnectionSupervisor } from './connection-supervisor.js';
import { ConversationMemory } from './context-restore.js';
import { Deafness } from './deafness.js';
import { optionsFor, type GuardOptions } from './guard-options.js';
import { PendingReplies } from './pending-replies.js';
import { renewalWithin } from './planned-renewal.js';
import { Renewals } from './renewals.js';
import { ReplyAhead } from './reply-ahead.js';
import { safely } from './safely.js';
import type { SupervisedSocket } from './supervised-socket.js';

/** What the guard does to its session. */
export interface GuardedParts {
  /** Everything the session knows of the conversation, what is just being said included. */
  knownItems(): readonly llm.ChatItem[];
  /** Ends the reply that is being received. */
  settle(why: string): void;
  wakeSender(): void;
  /** Whether the service itself hears a turn begin and end. */
  hasTurnDetection(): boolean;
  tell(error: Error, recoverable: boolean): void;
}

/** All state that the guard adds to one realtime session. */
export class SessionGuard {
  readonly supervisor: ConnectionSupervisor;
  readonly memory = new ConversationMemory();
  readonly replies = new PendingReplies();
  readonly ahead = new ReplyAhead();
  readonly lane = new AudioLane();
  /** Between a new connection and upstream's `session_reconnected`. */
  restoring = false;
  /** While a wanted conversation is compared with what the service has. */
  isComparing = false;
  /** Set by the first `close()`. */
  closing: Promise<void> | undefined;
  readonly renewals: Renewals;
  readonly #options: GuardOptions;
  readonly #deafness = new Deafness();
  #connections = 0;
  /** Why the reply was lost that nobody has asked for again. */
  #replyLost: ConnectionError | undefined;

  constructor(model: object, parts: GuardedParts) {
    this.#options = optionsFor(model);
    const { settings, listener, maxSessionMs } = this.#options;
    this.renewals = new Renewals(settings.renewal ?? renewalWithin(maxSessionMs), {
      quietForMs: () => this.#quietForMs(),
      close: () => this.supervisor.renew(),
      renewed: (event) => {
        safely('a connection listener', () => listener?.renewed?.(event));
      },
    });
    this.supervisor = new ConnectionSupervisor(settings, {
      reconnecting: (event) => {
        this.renewals.failed();
        safely('a connection listener', () => listener?.reconnecting?.(event));
        parts.tell(event.cause, true);
      },
      reconnected: (event) => {
        safely('a connection listener', () => listener?.reconnected?.(event));
      },
      outstanding: (is) => {
        safely('a connection listener', () => listener?.replyOutstanding?.(is));
      },
      replyFailed: (error) => {
        safely('a connection listener', () => listener?.replyFailed?.(error));
      },
      callerUnheard: () => {
        if (parts.hasTurnDetection() && this.#deafness.unheard()) {
          this.renewals.soon();
        }
      },
      callerHeard: () => this.#deafness.heard(),
      lost: (cause, replyCut) => {
        const asksAgain = this.replies.isWanted || this.ahead.isBeingReceived;
        this.#replyLost = replyCut && !asksAgain ? cause : this.#replyLost;
        const why = cause?.message ?? 'the connection is renewed';
        this.renewals.lost();
        safely('the memory', () => this.memory.remember(parts.knownItems()));
        this.ahead.lost();
        this.replies.lost(why);
        safely('the plugin', () => parts.settle(why));
        parts.wakeSender();
      },
      gaveUp: (error) => {
        // Announced first: nothing that fails in cleaning up may swallow the end.
        safely('a connection listener', () => listener?.gaveUp?.(error));
        parts.tell(error, false);
        this.renewals.failed();
        this.replies.failed(error.message);
        safely('the plugin', () => parts.settle(error.message));
      },
    });
  }

  /** A connection is being handed to the plugin. */
  handOver(): void {
    this.#connections += 1;
    if (this.supervisor.state.name === 'open') {
      this.renewals.opened();
    }
    this.restoring = this.#connections > 1;
    if (!this.restoring) {
      this.#ready();
    }
  }

  /** Upstream has told the new connection everything. */
  restored(): void {
    this.restoring = false;
    this.#ready();
  }

  /** From a loss until the next connection knows the conversation. */
  get reconnecting(): boolean {
    const isOpen = this.supervisor.state.name === 'open';
    return this.#connections > 0 && (!isOpen || this.restoring || !this.memory.isConfirmed);
  }

  /** The connection for audio that need not wait for anything before it. */
  get audioSocket(): Pick<SupervisedSocket, 'send'> | undefined {
    const { state } = this.supervisor;
    const isReady = this.#connections > 0 && !this.restoring && this.lane.isFree;
    return state.name === 'open' && isReady ? state.socket : undefined;
  }

  /** The plugin is sending an event. */
  sending(event: unknown): void {
    this.lane.sending(event);
    this.ahead.sending(event);
  }

  /** A piece of the caller's audio is about to be sent. */
  speaks(frame: AudioFrame): void {
    const { state } = this.supervisor;
    if (state.name === 'open') {
      state.socket.speaks(frame);
    }
  }

  /** Whether the plugin was ever given a connection. */
  get everOpen(): boolean {
    return this.#connections > 0;
  }

  #quietForMs(): number {
    const { state } = this.supervisor;
    const isBusy = this.reconnecting || this.replies.isAsking;
    if (state.name !== 'open' || !state.socket.quiet || isBusy) {
      return 0;
    }
    return this.#options.quietForMs?.() ?? Number.POSITIVE_INFINITY;
  }

  /** The connection may have been lost again meanwhile. */
  #ready(): void {
    if (this.supervisor.state.name === 'open') {
      const lost = this.replies.isWanted ? undefined : this.#replyLost;
      this.#replyLost = undefined;
      this.replies.ready();
      if (lost) {
        safely('a connection listener', () => this.#options.listener?.replyLost?.(lost));
      }
    }
  }
}
