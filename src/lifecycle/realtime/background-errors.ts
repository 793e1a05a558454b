/** A service that invents a new code for each error is not shown each of them. */
const MOST_KINDS = 20;

/**
 * `error` events that answer nothing we asked. Each kind is shown once for a connection: a storm of them beside working
 * replies is no reason to end a call, nor to fill a log.
 */
export class BackgroundErrors {
  readonly #kinds = new Set<string>();

  /** True for the first of its kind. */
  isFirst(kind: string): boolean {
    if (this.#kinds.has(kind) || this.#kinds.size === MOST_KINDS) {
      return false;
    }
    this.#kinds.add(kind);
    return true;
  }
}
