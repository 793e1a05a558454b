import { llm } from '@livekit/agents';

/** More than the supervisor's attempts in a row: it is the supervisor that decides when to give up. */
const MOST_LOSSES = 20;

/**
 * Replies that were asked for and have not begun. They wait for a connection, and are asked for again when theirs is
 * lost. Upstream would let them fail at its next successful reconnect, or after ten seconds.
 */
export class PendingReplies {
  readonly #asking = new Set<AbortController>();
  readonly #waiting = new Set<() => void>();
  #wanted = 0;
  #state: 'ready' | 'waiting' | { readonly failed: string } = 'waiting';

  /** Whether a reply was asked for that has not begun. */
  get isAsking(): boolean {
    return this.#asking.size > 0;
  }

  /** Whether a reply is wanted that has not begun, and will be asked for as soon as there is a connection. */
  get isWanted(): boolean {
    return this.#wanted > 0;
  }

  /** A connection is there, with everything restored to it. */
  ready(): void {
    this.#state = 'ready';
    this.#wake();
  }

  /** The connection is lost: settles what was asked on it, and lets new questions wait. */
  lost(why: string): void {
    this.#state = 'waiting';
    this.#abandon(why);
  }

  /** There will be no connection any more. */
  failed(why: string): void {
    this.#state = { failed: why };
    this.#abandon(why);
    this.#wake();
  }

  /**
   * Resolves when there is a connection, or when `signal` is aborted.
   *
   * @throws {llm.RealtimeError} when there will be none.
   */
  async untilReady(signal?: AbortSignal): Promise<void> {
    while (this.#state === 'waiting' && !signal?.aborted) {
      await new Promise<void>((resolve) => {
        const go = (): void => {
          signal?.removeEventListener('abort', go);
          this.#waiting.delete(go);
          resolve();
        };
        this.#waiting.add(go);
        signal?.addEventListener('abort', go);
      });
    }
    if (typeof this.#state === 'object') {
      throw new llm.RealtimeError(this.#state.failed);
    }
  }

  /**
   * Asks as soon as there is a connection, and once more on the next one when it is lost before the reply begins:
   * the caller has heard nothing of it, and is still waiting.
   *
   * @throws {llm.RealtimeError} when there is no connection to be had any more, or too many were lost.
   */
  async ask<T>(
    signal: AbortSignal | undefined,
    ask: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.#wanted += 1;
    try {
      return await this.#ask(signal, ask);
    } finally {
      this.#wanted -= 1;
    }
  }

  async #ask<T>(
    signal: AbortSignal | undefined,
    ask: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    for (let losses = 0; ; losses += 1) {
      await this.untilReady(signal);
      const lost = new AbortController();
      this.#asking.add(lost);
      try {
        return await ask(signal ? AbortSignal.any([signal, lost.signal]) : lost.signal);
      } catch (error) {
        if (!lost.signal.aborted) {
          throw error;
        }
        if (signal?.aborted || losses >= MOST_LOSSES) {
          throw new llm.RealtimeError(`the reply was abandoned: ${String(lost.signal.reason)}`);
        }
      } finally {
        this.#asking.delete(lost);
      }
    }
  }

  #abandon(why: string): void {
    for (const asking of this.#asking) {
      asking.abort(why);
    }
  }

  #wake(): void {
    for (const go of [...this.#waiting]) {
      go();
    }
  }
}
