import type { llm } from '@livekit/agents';
import type { GaveUpError } from './connection-error.js';
import { connectionSettings, type ConnectionSettings } from './connection-settings.js';
import { ConnectionSupervisor } from './connection-supervisor.js';
import { ConversationMemory } from './context-restore.js';
import { PendingReplies } from './pending-replies.js';
import { ReplyAhead } from './reply-ahead.js';
import { safely } from './safely.js';
import type { Reconnected, Reconnecting } from './supervisor-state.js';

/** What a call wants to know of its connection. */
export interface ConnectionListener {
  reconnecting(event: Reconnecting): void;
  reconnected(event: Reconnected): void;
  /** Once; at this moment nothing has been cleaned up yet. */
  gaveUp(error: GaveUpError): void;
}

export interface GuardOptions {
  readonly settings: ConnectionSettings;
  readonly listener?: Partial<ConnectionListener>;
}

/** What the guard does to its session. */
export interface GuardedParts {
  /** Everything the session knows of the conversation, what is just being said included. */
  knownItems(): readonly llm.ChatItem[];
  /** Ends the reply that is being received. */
  settle(why: string): void;
  wakeSender(): void;
  tell(error: Error, recoverable: boolean): void;
}

const optionsOf = new WeakMap<object, GuardOptions>();

/** Options for the sessions of a model: upstream's constructor uses them before a subclass has any field. */
export function useOptions(model: object, options: GuardOptions): void {
  optionsOf.set(model, options);
}

/** All state that the guard adds to one realtime session. */
export class SessionGuard {
  readonly supervisor: ConnectionSupervisor;
  readonly memory = new ConversationMemory();
  readonly replies = new PendingReplies();
  readonly ahead = new ReplyAhead();
  /** Between a new connection and upstream's `session_reconnected`. */
  restoring = false;
  /** Set by the first `close()`. */
  closing: Promise<void> | undefined;
  #connections = 0;

  constructor(model: object, parts: GuardedParts) {
    const { settings, listener } = optionsOf.get(model) ?? { settings: connectionSettings() };
    this.supervisor = new ConnectionSupervisor(settings, {
      reconnecting: (event) => {
        safely('a connection listener', () => listener?.reconnecting?.(event));
        parts.tell(event.cause, true);
      },
      reconnected: (event) => {
        safely('a connection listener', () => listener?.reconnected?.(event));
      },
      lost: (cause) => {
        const why = cause?.message ?? 'the connection is renewed';
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
        this.replies.failed(error.message);
        safely('the plugin', () => parts.settle(error.message));
      },
    });
  }

  /** A connection is being handed to the plugin. */
  handOver(): void {
    this.#connections += 1;
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

  /** Whether the plugin was ever given a connection. */
  get everOpen(): boolean {
    return this.#connections > 0;
  }

  /** The connection may have been lost again meanwhile. */
  #ready(): void {
    if (this.supervisor.state.name === 'open') {
      this.replies.ready();
    }
  }

  /** Whether an event of ours may be queued now. Audio of a conversation that is not heard is not played late. */
  admits(type: string): boolean {
    switch (this.supervisor.state.name) {
      case 'open':
        return true;
      case 'gave-up':
      case 'closed':
        return false;
      case 'idle':
      case 'connecting':
      case 'waiting':
      case 'lost':
        return !(
          type.startsWith('input_audio_buffer.') ||
          (this.#connections > 0 && ABOUT_A_REPLY.has(type))
        );
    }
  }
}

/** Events that mean nothing to the next connection. */
const ABOUT_A_REPLY: ReadonlySet<string> = new Set([
  'response.create',
  'response.cancel',
  'conversation.item.truncate',
]);
