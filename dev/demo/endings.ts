import { withDeadline } from '../stack/deadline.js';

const ENDING_DEADLINE_MS = 20_000;

/** What has to be ended, in the reverse order of its start. */
export class Endings {
  readonly #ends: (() => Promise<unknown>)[] = [];

  /** Takes note of something to end, and gives it back. */
  add<T extends { stop(): Promise<unknown> }>(started: T): T {
    this.#ends.push(() => started.stop());
    return started;
  }

  /** Ends everything; one that fails or hangs does not keep the others. Twice is the same as once. */
  async run(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) {
      await withDeadline(end(), ENDING_DEADLINE_MS, 'an ending').catch(() => undefined);
    }
  }
}
