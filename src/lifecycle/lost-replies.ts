import type { CallError } from './errors.js';
import type { TroubleEvent } from './trouble.js';

/** Between a reply that failed and asking again: a service that refuses for its rate needs a moment. */
const PAUSES_MS = [1_000, 2_000, 4_000] as const;

export interface LostRepliesOptions {
  /**
   * Asks the model once more.
   *
   * @param wordsLost the next connection does not know what the caller said last
   */
  readonly ask: (wordsLost: boolean) => void;
  readonly tell: (event: TroubleEvent) => void;
  /** Nobody asks any more: the caller would wait for ever. */
  readonly gaveUp: (cause: CallError) => void;
}

/**
 * Replies that were refused, failed, or lost with their connection: the caller has spoken and waits, and nobody but us
 * knows. They are asked for again, three times in a row at most; the fourth that fails or is
 * lost ends the call.
 */
export class LostReplies {
  readonly #options: LostRepliesOptions;
  #inARow = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LostRepliesOptions) {
    this.#options = options;
  }

  /** The model refused a reply, or failed in it. Whether it will be asked again. */
  failed(cause: CallError): boolean {
    return this.#again(PAUSES_MS[this.#inARow], cause, false);
  }

  /** A reply went with its connection, and there is another one. Whether it will be asked again. */
  lost(cause: CallError, wordsLost: boolean): boolean {
    return this.#again(this.#inARow < PAUSES_MS.length ? 0 : undefined, cause, wordsLost);
  }

  /** The agent is heard. */
  heard(): void {
    this.#inARow = 0;
  }

  /** The caller speaks, or the call ends: what was lost is not asked for any more. */
  drop(): void {
    clearTimeout(this.#timer);
  }

  #again(againInMs: number | undefined, cause: CallError, wordsLost: boolean): boolean {
    this.drop();
    if (againInMs === undefined) {
      this.#options.gaveUp(cause);
      return false;
    }
    this.#inARow += 1;
    this.#options.tell({ type: 'reply-lost', againInMs, cause });
    this.#timer = setTimeout(() => this.#options.ask(wordsLost), againInMs);
    return true;
  }
}
