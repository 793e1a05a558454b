const DEADLINE_MS = 20_000;

/** Events as they came, and waits for the next of a type: what was passed over is not found again. */
export class Inbox<Event extends { readonly type: string }> {
  readonly all: Event[] = [];
  #read = 0;
  #wake: (() => void) | undefined;

  push(event: Event): void {
    this.all.push(event);
    this.#wake?.();
  }

  /** How often a type has come so far. */
  count(type: Event['type']): number {
    return this.all.filter((event) => event.type === type).length;
  }

  /**
   * The next event of a type after the one returned last.
   * @throws Error, naming what came instead, when it does not come in time.
   */
  async next<Type extends Event['type']>(type: Type): Promise<Extract<Event, { type: Type }>> {
    const from = this.#read;
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    const isWanted = (event: Event): event is Extract<Event, { type: Type }> => event.type === type;
    for (;;) {
      while (this.#read < this.all.length) {
        const event = this.all[this.#read]!;
        this.#read += 1;
        if (isWanted(event)) {
          return event;
        }
      }
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        deadline.onabort = () => {
          const seen = this.all.slice(from).map((event) => event.type);
          reject(new Error(`No ${type} within ${DEADLINE_MS} ms; came: ${seen.join(', ')}`));
        };
      });
    }
  }
}
