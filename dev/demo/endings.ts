import { withDeadline } from '../stack/deadline.js';

const ENDING_DEADLINE_MS = 20_000;

/** What has to be ended, in the reverse order of its start. */
export class Endings {
  readonly #ends: (() => Promise<unknown>)[] = [];

  /** What `start` answers. When it fails, what it had started until then is ended. */
  static async wholeOrNothing<T>(start: (endings: Endings) => Promise<T>): Promise<T> {
    const endings = new Endings();
    try {
      return await start(endings);
    } catch (error) {
      await endings.run();
      throw error;
    }
  }

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
