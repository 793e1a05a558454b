export interface WaitOptions {
  /** How long to wait before the wait is an error. */
  readonly timeoutMs: number;
  /** What is waited for, as it reads after "waited for". */
  readonly awaited: string;
  /** What was seen instead, asked when the time is up. */
  readonly seen?: () => string;
}

/** A wait whose time was up, or whose subject went away before it came true. */
export class WaitFailedError extends Error {
  readonly awaited: string;

  constructor(message: string, awaited: string) {
    super(message);
    this.name = 'WaitFailedError';
    this.awaited = awaited;
  }
}

interface Pending {
  check(): void;
  end(why: string): void;
}

/** Waits on something that changes: whoever changes it calls `changed`, whoever waits asks with `until`. */
export class Waiters {
  readonly #pending = new Set<Pending>();
  #endedBecause: string | undefined;

  /**
   * Resolves with the first value of `read` that is not `undefined`.
   *
   * @throws WaitFailedError when that has not happened in `timeoutMs`, or when nothing can change any more.
   */
  until<T>(read: () => T | undefined, { timeoutMs, awaited, seen }: WaitOptions): Promise<T> {
    const saw = () => (seen === undefined ? '' : `; ${seen()}`);
    const { promise, resolve, reject } = deferred<T>();
    const settle = () => {
      clearTimeout(timer);
      this.#pending.delete(pending);
    };
    const fail = (message: string) => {
      settle();
      reject(new WaitFailedError(message, awaited));
    };
    const pending: Pending = {
      check: () => {
        try {
          const value = read();
          if (value !== undefined) {
            settle();
            resolve(value);
          }
        } catch (error) {
          settle();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      },
      end: (why) => fail(`Waited for ${awaited}, but ${why}${saw()}.`),
    };
    const timer = setTimeout(
      () => fail(`Waited ${timeoutMs} ms for ${awaited}, in vain${saw()}.`),
      timeoutMs,
    );
    this.#pending.add(pending);
    pending.check();
    if (this.#endedBecause !== undefined && this.#pending.has(pending)) {
      pending.end(this.#endedBecause);
    }
    return promise;
  }

  /** Something changed: every wait looks again. */
  changed(): void {
    for (const pending of [...this.#pending]) {
      pending.check();
    }
  }

  /** Nothing will change any more: what still waits fails, giving `why` ("the caller left"). */
  end(why: string): void {
    this.#endedBecause ??= why;
    for (const pending of [...this.#pending]) {
      pending.end(why);
    }
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** `Promise.withResolvers`, which Node 20 does not have. */
export function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
