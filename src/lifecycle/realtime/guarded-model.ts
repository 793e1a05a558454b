import { realtime } from '@livekit/agents-plugin-openai';
import { CallError } from '../errors.js';
import { checkDuration } from '../limits.js';
import { connectionSettings, type ConnectionSettings } from './connection-settings.js';
import { GuardedRealtimeSession } from './guarded-session.js';
import { useOptions, type ConnectionListener } from './session-guard.js';

/** The provider closes a session after 60 minutes; ours must be renewed before (realtime-protocol facts, 5). */
const PROVIDER_CAP_MS = 60 * 60_000;
const SHORTEST_SESSION_MS = 60_000;

export type GuardedModelOptions = Omit<
  NonNullable<ConstructorParameters<typeof realtime.RealtimeModel>[0]>,
  'connOptions' | 'maxSessionDuration'
>;

/** Upstream neither counts nor waits: its supervisor-made connection fails only when the supervisor has given up. */
const LEFT_TO_THE_SUPERVISOR = {
  maxRetry: Number.MAX_SAFE_INTEGER,
  retryIntervalMs: 1,
  timeoutMs: 120_000,
};

export interface SupervisionOptions {
  readonly listener?: Partial<ConnectionListener>;
  readonly settings?: ConnectionSettings;
}

/**
 * The OpenAI realtime model of one call: it opens one realtime session, hands it to AgentSession, and refuses every
 * further one. (Upstream, each call of `session()` is one more socket that nobody closes.)
 */
export class GuardedRealtimeModel extends realtime.RealtimeModel {
  #opened: GuardedRealtimeSession | undefined;
  #handedOut = false;

  /**
   * @throws {CallError} `OUT_OF_RANGE` when `maxSessionMs` is under a minute or over the provider's hour: upstream
   * takes milliseconds, and minutes given as milliseconds reconnect for ever.
   */
  constructor(
    options: GuardedModelOptions,
    maxSessionMs: number,
    { listener = {}, settings = connectionSettings() }: SupervisionOptions = {},
  ) {
    checkDuration('maxModelSessionMs', maxSessionMs, SHORTEST_SESSION_MS, PROVIDER_CAP_MS);
    super({ ...options, connOptions: LEFT_TO_THE_SUPERVISOR, maxSessionDuration: maxSessionMs });
    useOptions(this, { settings, listener });
  }

  /** Connections tried so far, the first included. */
  get connections(): number {
    return this.#opened?.guard.supervisor.attempts ?? 0;
  }

  /**
   * Opens the one realtime session ahead of time, so that its handshake overlaps the joining of the room.
   *
   * @throws {CallError} `SECOND_SESSION` when it was opened before.
   */
  open(): GuardedRealtimeSession {
    if (this.#opened) {
      throw secondSession();
    }
    this.#opened = new GuardedRealtimeSession(this);
    return this.#opened;
  }

  /** For AgentSession alone, once. */
  override session(): GuardedRealtimeSession {
    if (this.#handedOut) {
      throw secondSession();
    }
    this.#handedOut = true;
    return this.#opened ?? this.open();
  }

  override async close(): Promise<void> {
    await this.#opened?.close();
    await super.close();
  }
}

function secondSession(): CallError {
  return new CallError('this call already has its realtime session', {
    code: 'SECOND_SESSION',
    fault: 'application',
    remedy:
      'Do not call session() on the model: observe the call through CallObserver and LiveCall.on.',
  });
}
