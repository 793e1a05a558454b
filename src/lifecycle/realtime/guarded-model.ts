import { realtime } from '@livekit/agents-plugin-openai';
import { CallError } from '../errors.js';
import { checkDuration } from '../check-duration.js';
import { connectionSettings, type ConnectionSettings } from './connection-settings.js';
import { GuardedRealtimeSession } from './guarded-session.js';
import { useOptions, type ConnectionListener } from './guard-options.js';
import { PROVIDER_CAP_MS } from './planned-renewal.js';

const SHORTEST_SESSION_MS = 60_000;

export type GuardedModelOptions = Omit<
  NonNullable<ConstructorParameters<typeof realtime.RealtimeModel>[0]>,
  'connOptions' | 'maxSessionDuration'
>;

/** Upstream neither counts nor waits: its supervisor-made connection fails only when the supervisor has given up. */
const LEFT_TO_THE_SUPERVISOR = {
  connOptions: { maxRetry: Number.MAX_SAFE_INTEGER, retryIntervalMs: 1, timeoutMs: 120_000 },
  /** Nor does it renew: it would do so in the middle of whatever is going on. Node's longest timer, 24 days. */
  maxSessionDuration: 2_147_483_647,
};

export interface SupervisionOptions {
  readonly listener?: Partial<ConnectionListener>;
  readonly settings?: ConnectionSettings;
  /** How long nobody has been speaking and nothing was going on, in milliseconds; a renewal waits for such a moment. */
  readonly quietForMs?: () => number;
}

/**
 * The OpenAI realtime model of one call: it opens one realtime session, hands it to AgentSession, and refuses every
 * further one. (Upstream, each call of `session()` is one more socket that nobody closes.)
 */
export class GuardedRealtimeModel extends realtime.RealtimeModel {
  #opened: GuardedRealtimeSession | undefined;
  #handedOut = false;

  /**
   * @param maxSessionMs by when a connection is renewed
   * @throws {CallError} `OUT_OF_RANGE` when `maxSessionMs` is under a minute or over the provider's hour: minutes given
   * as milliseconds would reconnect for ever.
   */
  constructor(
    model: GuardedModelOptions,
    maxSessionMs: number,
    { settings = connectionSettings(), ...options }: SupervisionOptions = {},
  ) {
    checkDuration('maxModelSessionMs', maxSessionMs, SHORTEST_SESSION_MS, PROVIDER_CAP_MS);
    super({ ...model, ...LEFT_TO_THE_SUPERVISOR });
    useOptions(this, { ...options, settings, maxSessionMs });
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
