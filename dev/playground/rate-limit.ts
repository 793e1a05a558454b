/** At most so many in any stretch of time of that length. */
export interface RateLimitOptions {
  readonly limit: number;
  readonly windowMs: number;
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number;
}

/** Counts what happened lately and says whether one more is allowed. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  #takenAtMs: readonly number[] = [];

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** Takes one and returns 0, or returns how many milliseconds it is until one is free. */
  take(): number {
    const { limit, windowMs, now = () => performance.now() } = this.#options;
    const nowMs = now();
    this.#takenAtMs = this.#takenAtMs.filter((atMs) => nowMs - atMs < windowMs);
    const oldestAtMs = this.#takenAtMs[0];
    if (this.#takenAtMs.length >= limit && oldestAtMs !== undefined) {
      return oldestAtMs + windowMs - nowMs;
    }
    this.#takenAtMs = [...this.#takenAtMs, nowMs];
    return 0;
  }
}
