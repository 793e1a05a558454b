import { deferred } from './deferred.js';
import { isGraceful, isHeardByNobody, type Ending } from './ending.js';

/** How a call ends: decided by the first who says so. What comes later only hurries it. */
export class EndDecision {
  readonly #made = deferred<Ending>();
  readonly #hurry = deferred<undefined>();
  readonly #unheard = new AbortController();
  #ending: Ending | undefined;

  /** Resolves with the decision. */
  get made(): Promise<Ending> {
    return this.#made.promise;
  }

  /** A method, not a field: the compiler would remember a field's value across an await. */
  isMade(): boolean {
    return this.#ending !== undefined;
  }

  /** Resolves when a hard end came after the decision: what is still being said is cut short. */
  get hurried(): Promise<undefined> {
    return this.#hurry.promise;
  }

  /** Aborts as soon as nobody is there to be told anything. */
  get unheard(): AbortSignal {
    return this.#unheard.signal;
  }

  /** Only the first call decides. */
  make(ending: Ending): void {
    if (isHeardByNobody(ending.reason)) {
      this.#unheard.abort();
    }
    if (!this.#ending) {
      this.#ending = ending;
      this.#made.resolve(ending);
    } else if (!isGraceful(ending.reason)) {
      this.#hurry.resolve(undefined);
    }
  }

  /** Work that is waited for no longer than until a hard end comes after the decision. */
  unlessHurried(work: () => Promise<void>): () => Promise<void> {
    return () => Promise.race([work(), this.hurried]);
  }

  /** Waits for work, but no longer than until the decision. What the work does after that is nobody's business. */
  async orWork(work: Promise<void>): Promise<void> {
    await Promise.race([work, this.made]);
  }
}
