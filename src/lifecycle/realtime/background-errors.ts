/** A service that invents a new code for each error is not shown each of them. */
const MOST_KINDS = 20;

/**
 * `error` events that answer nothing we asked. Each kind is shown once for a connection and counted from then on: a
 * storm of them beside working replies is no reason to end a call, nor to fill a log.
 */
export class BackgroundErrors {
  readonly #counts = new Map<string, number>();
  #others = 0;

  /** Counts one more; true for the first of its kind. */
  isFirst(kind: string): boolean {
    const isNew = !this.#counts.has(kind);
    if (isNew && this.#counts.size === MOST_KINDS) {
      this.#others += 1;
      return false;
    }
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    return isNew;
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, this.#others);
  }
}
