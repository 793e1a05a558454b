import { pause } from '../pause.js';
import { GaveUpError, type ConnectionError } from './connection-error.js';
import type { ConnectionSettings } from './connection-settings.js';
import { ConnectionStreak, type Outage } from './connection-streak.js';
import { openConnection, requested, type Open } from './open-connection.js';
import { SupervisedSocket } from './supervised-socket.js';
import { requireAlive, type SupervisorListener, type SupervisorState } from './supervisor-state.js';
import type { ConnectionRequest } from './wire.js';

/** Owns every connection of one realtime session, one at a time. */
export class ConnectionSupervisor {
  readonly #settings: ConnectionSettings;
  readonly #listener: SupervisorListener;
  readonly #open: Open;
  readonly #abort = new AbortController();
  readonly #streak: ConnectionStreak;
  #state: SupervisorState = { name: 'idle' };
  #lastGone: Promise<void> = Promise.resolve();
  #attempts = 0;

  constructor(
    settings: ConnectionSettings,
    listener: SupervisorListener,
    open: Open = openConnection,
  ) {
    this.#open = open;
    this.#settings = settings;
    this.#listener = listener;
    this.#streak = new ConnectionStreak(settings.stableMs);
  }

  get state(): SupervisorState {
    return this.#state;
  }

  /** Connections tried so far. */
  get attempts(): number {
    return this.#attempts;
  }

  /**
   * The next connection, after as many attempts and pauses as the policy and the budget allow.
   *
   * @throws {GaveUpError} after the listener was told
   * @throws {ConnectionError} when the supervisor was closed meanwhile
   */
  async connect(request: () => ConnectionRequest): Promise<SupervisedSocket> {
    for (;;) {
      await this.#lastGone;
      requireAlive(this.#state);
      if (this.#streak.outage) {
        await this.#pause(this.#streak.outage);
      }
      const opened = await this.#attempt(request);
      if (opened?.readyState === 1) {
        return opened;
      }
    }
  }

  /** Ends everything and resolves when no socket is left. Idempotent. */
  async close(): Promise<void> {
    const { state } = this;
    if (state.name !== 'closed' && state.name !== 'gave-up') {
      this.#setState({ name: 'closed' });
      this.#abort.abort();
      if (state.name === 'open') {
        this.#lastGone = state.socket.end(undefined);
      }
    }
    await this.#lastGone;
  }

  /** Closes the open connection for the plugin to ask for another one, which is no failure. */
  renew(): void {
    if (this.#state.name === 'open') {
      void this.#state.socket.end(undefined);
    }
  }

  /** Stops for good. The listener is told first; only then is anything closed. */
  giveUp(why: string, cause: ConnectionError): GaveUpError {
    const { state } = this;
    if (state.name === 'gave-up') {
      return state.error;
    }
    const error = new GaveUpError(why, cause);
    if (state.name !== 'closed') {
      this.#setState({ name: 'gave-up', error });
      this.#listener.gaveUp(error);
      this.#abort.abort();
      if (state.name === 'open') {
        this.#lastGone = state.socket.end(cause);
      }
    }
    return error;
  }

  async #pause({ sinceMs, cause }: Outage): Promise<void> {
    const { policy, budget } = this.#settings;
    const nowMs = Date.now();
    const { failures } = this.#streak;
    const elapsedMs = nowMs - sinceMs;
    const delayMs = policy.nextRetryDelayInMs({
      retryCount: failures,
      elapsedMs,
      retryReason: cause,
    });
    if (delayMs === null) {
      throw this.giveUp(cause.message, cause);
    }
    const refusal = budget.refusal(nowMs + delayMs, failures, sinceMs);
    if (refusal !== undefined) {
      throw this.giveUp(`${refusal}; last: ${cause.message}`, cause);
    }
    const attempt = failures + 1;
    this.#setState({ name: 'waiting', attempt, delayMs });
    this.#listener.reconnecting({ attempt, of: budget.attemptsInARow, delayMs, cause });
    if (delayMs > 0) {
      await pause(delayMs, this.#abort.signal);
    }
    requireAlive(this.#state);
  }

  async #attempt(request: () => ConnectionRequest): Promise<SupervisedSocket | undefined> {
    const { budget, opening, socket } = this.#settings;
    const startedMs = Date.now();
    this.#attempts += 1;
    budget.attempted(startedMs);
    this.#setState({ name: 'connecting', attempt: this.#streak.failures + 1 });
    const leftMs = budget.leftMs(startedMs, this.#streak.outage?.sinceMs ?? startedMs);
    try {
      const wire = await this.#open(requested(request), opening, leftMs, this.#abort.signal);
      const opened: SupervisedSocket = new SupervisedSocket(wire, socket, {
        completed: () => this.#completed(),
        outstanding: (is) => this.#listener.outstanding(is),
        replyFailed: (error) => this.#replyFailed(error),
        callerUnheard: () => this.#listener.callerUnheard(),
        callerHeard: () => this.#listener.callerHeard(),
        refused: (error) => void this.giveUp(error.message, error),
        ended: (cause, replyCut) => this.#ended(opened, cause, replyCut),
      });
      return this.#opened(opened);
    } catch (error) {
      requireAlive(this.#state);
      this.#streak.failed(error, startedMs);
      return undefined;
    }
  }

  #opened(socket: SupervisedSocket): SupervisedSocket {
    const nowMs = Date.now();
    this.#setState({ name: 'open', socket });
    const outage = this.#streak.opened(nowMs);
    if (outage) {
      this.#listener.reconnected({ downMs: nowMs - outage.sinceMs });
    }
    socket.begin();
    return socket;
  }

  #ended(socket: SupervisedSocket, cause: ConnectionError | undefined, replyCut: boolean): void {
    if (this.#state.name !== 'open' || this.#state.socket !== socket) {
      return;
    }
    this.#lastGone = socket.end(cause);
    this.#setState({ name: 'lost', cause });
    this.#listener.lost(cause, replyCut);
    if (cause) {
      this.#streak.lost(cause, Date.now());
    }
    if (cause?.fatal) {
      this.giveUp(cause.message, cause);
    }
  }

  #completed(): void {
    this.#streak.completed();
    this.#settings.budget.completed();
  }

  #replyFailed(error: ConnectionError): void {
    const inARow = this.#streak.replyFailed();
    if (inARow >= this.#settings.failedRepliesInARow) {
      this.giveUp(`${inARow} replies in a row failed; last: ${error.message}`, error);
    } else {
      this.#listener.replyFailed(error);
    }
  }

  /** The one line where the state changes. */
  #setState(next: SupervisorState): void {
    this.#state = next;
  }
}
