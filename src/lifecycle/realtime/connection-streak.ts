import { ConnectionError } from './connection-error.js';

export interface Outage {
  /** When the connection was lost, or its first attempt began; milliseconds since the epoch. */
  readonly sinceMs: number;
  /** The latest failure. */
  readonly cause: ConnectionError;
}

/** How connections have fared in a row. Opening proves nothing: only a completed response or time does. */
export class ConnectionStreak {
  readonly #stableMs: number;
  #openedMs: number | undefined;
  #proved = false;
  #failures = 0;
  #failedReplies = 0;
  #outage: Outage | undefined;

  /** @param stableMs a connection that lives so long was stable */
  constructor(stableMs: number) {
    this.#stableMs = stableMs;
  }

  /** Attempts in a row that failed to open, or died young. */
  get failures(): number {
    return this.#failures;
  }

  get outage(): Outage | undefined {
    return this.#outage;
  }

  /** An attempt that began at `sinceMs` came to nothing. */
  failed(error: unknown, sinceMs: number): void {
    this.#failures += 1;
    this.#outage = { sinceMs: this.#outage?.sinceMs ?? sinceMs, cause: asConnectionError(error) };
  }

  /** Ends the outage and returns it. */
  opened(atMs: number): Outage | undefined {
    const outage = this.#outage;
    this.#outage = undefined;
    this.#openedMs = atMs;
    this.#proved = false;
    return outage;
  }

  /** A response was completed. */
  completed(): void {
    this.#proved = true;
    this.#failures = 0;
    this.#failedReplies = 0;
  }

  /** A reply was refused, or failed: returns how many that are in a row. */
  replyFailed(): number {
    this.#failedReplies += 1;
    return this.#failedReplies;
  }

  lost(cause: ConnectionError, atMs: number): void {
    const stable = this.#proved || atMs - (this.#openedMs ?? atMs) >= this.#stableMs;
    this.#failures = stable ? 0 : this.#failures + 1;
    this.#outage = { sinceMs: atMs, cause };
  }
}

function asConnectionError(error: unknown): ConnectionError {
  if (error instanceof ConnectionError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ConnectionError(message, { category: 'protocol' });
}
