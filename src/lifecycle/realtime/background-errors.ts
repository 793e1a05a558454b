/**
 * `error` events that answer nothing we asked. Each kind is shown once for a connection and counted from then on: a
 * storm of them beside working replies is no reason to end a call, nor to fill a log.
 */
export class BackgroundErrors {
  readonly #counts = new Map<string, number>();

  /** Counts one more; true for the first of its kind. */
  isFirst(kind: string): boolean {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return count === 1;
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
