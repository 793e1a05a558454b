/** Nothing is answered after so many other events. */
const REMEMBERED = 500;

/** Ids of events that were sent on one connection: whether an error is the answer to one of them. */
export class SentEvents {
  readonly #ids = new Set<string>();

  sent(id: string): void {
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > REMEMBERED && oldest !== undefined) {
      this.#ids.delete(oldest);
    }
  }

  /** Whether this answers an event that was sent; true once for each. */
  answers(id: string): boolean {
    return this.#ids.delete(id);
  }
}
