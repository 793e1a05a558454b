import type { Open } from '../../../../src/lifecycle/realtime/open-connection.js';
import { ConnectionError } from '../../../../src/lifecycle/realtime/connection-error.js';
import type { OpenWire, WireListener } from '../../../../src/lifecycle/realtime/wire.js';

/** What becomes of one attempt to connect. */
export interface Attempt {
  /** Undefined: it opens. */
  readonly error: ConnectionError | undefined;
  readonly afterMs: number;
  /** Set: it opens, and is gone before anybody listens. */
  readonly gone?: ConnectionError;
  /** How long its socket takes to go once it is cut; 3 ms. */
  readonly goesMs?: number;
}

/** A service without sockets, which notes what it sees and counts what is open. */
export class FakeService {
  /** Breaches of "one at a time, and none before the last one is gone". */
  readonly breaches: string[] = [];
  wire: FakeWire | undefined;
  #live = 0;
  #stopped = false;
  readonly #plan: Attempt[];
  readonly #began: () => void;

  /**
   * @param plan of the attempts to come; when it is used up, all are refused
   * @param began told of each attempt
   */
  constructor(plan: readonly Attempt[], began: () => void) {
    this.#began = began;
    this.#plan = [...plan];
  }

  get live(): number {
    return this.#live;
  }

  /** From now on nothing opens, and what is open dies. */
  stop(): void {
    this.#stopped = true;
    this.wire?.dies(broken());
  }

  readonly open: Open = async (_request, _limits, leftMs, signal) => {
    this.#begins();
    const { error, afterMs, gone, goesMs }: Attempt = this.#plan.shift() ?? {
      error: broken(),
      afterMs: 5,
    };
    await elapsed(Math.min(afterMs, leftMs), signal);
    if (signal.aborted) {
      await elapsed(30);
      this.#live -= 1;
      throw new ConnectionError('nobody wants it any more', { category: 'connectivity' });
    }
    if (error || this.#stopped || afterMs >= leftMs) {
      this.#live -= 1;
      throw error ?? broken();
    }
    this.wire = new FakeWire(
      () => {
        this.#live -= 1;
      },
      goesMs,
      gone,
    );
    return this.wire;
  };

  #begins(): void {
    if (this.#live > 0) {
      this.breaches.push(`a connection was opened beside ${this.#live}`);
    }
    this.#live += 1;
    this.#began();
  }
}

export class FakeWire implements OpenWire {
  #listener: WireListener | undefined;
  readonly #gone: () => void;
  readonly #goesMs: number;
  readonly #early: ConnectionError | undefined;
  #ending: Promise<void> | undefined;

  constructor(gone: () => void, goesMs = 3, early?: ConnectionError) {
    this.#gone = gone;
    this.#goesMs = goesMs;
    this.#early = early;
  }

  listen(listener: WireListener | undefined): void {
    this.#listener = listener;
    if (this.#early) {
      listener?.ended(this.#early);
    }
  }

  /** The service sends something. */
  says(event: object | string): void {
    this.#listener?.frame(typeof event === 'string' ? event : JSON.stringify(event));
  }

  /** The connection dies by itself. */
  dies(error: ConnectionError): void {
    this.#listener?.ended(error);
  }

  send(): void {
    this.#listener?.pong?.();
  }

  ping(): void {
    this.#listener?.pong?.();
  }

  cut(): Promise<void> {
    return this.#end(this.#goesMs);
  }

  close(graceMs: number): Promise<void> {
    return this.#end(graceMs);
  }

  #end(ms: number): Promise<void> {
    this.#listener = undefined;
    this.#ending ??= elapsed(ms).then(this.#gone);
    return this.#ending;
  }
}

function broken(): ConnectionError {
  return new ConnectionError('HTTP 500', { category: 'server' });
}

function elapsed(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
    if (signal?.aborted) {
      done();
    }
  });
}
