export interface TimeLimitOptions {
  /** How long the conversation may take, from its first word. */
  readonly maxMs: number;
  /** How long before the end the model is told of it. */
  readonly hintMs: number;
  readonly hint: (leftMs: number) => void;
  readonly over: () => void;
}

/** How long a conversation may take. The clock goes on whatever happens: also while the caller or the model is away. */
export class TimeLimit {
  readonly #options: TimeLimitOptions;
  #timers: readonly NodeJS.Timeout[] = [];

  constructor(options: TimeLimitOptions) {
    this.#options = options;
  }

  /** Begins to count, once. */
  start(): void {
    if (this.#timers.length > 0) {
      return;
    }
    const { maxMs, hintMs, hint, over } = this.#options;
    const hints = hintMs < maxMs ? [setTimeout(() => hint(hintMs), maxMs - hintMs)] : [];
    this.#timers = [...hints, setTimeout(over, maxMs)];
  }

  stop(): void {
    this.#timers.forEach(clearTimeout);
  }
}
