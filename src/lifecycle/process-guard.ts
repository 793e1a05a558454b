/** The one place that ends the process or listens to it. Decides nothing: what an event means stands elsewhere. */

const exit: typeof process.exit = process.exit.bind(process);

/**
 * Ends the process at once with `code`, after writing `text` to stderr. For start-up only, before any call can
 * exist: nothing is flushed.
 */
export function exitWith(code: number, text: string): never {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
  exit(code);
}

/** Ends the process at once. The last resort: whatever had to be kept must be on disk. */
export function exitNow(code: number): never {
  exit(code);
}

/**
 * Has the end of the process wait for `work`, for `timeoutMs` at most: LiveKit's command line ends it as soon as the last
 * call is closed, and asks nobody. Whoever ends it a second time meanwhile, `exitNow` and `exitWith` do not wait.
 */
export function beforeExit(work: () => Promise<void>, timeoutMs: number): void {
  let isEnding = false;
  const end = (code?: Parameters<typeof exit>[0]): void => {
    if (isEnding) {
      exit(code);
    }
    isEnding = true;
    setTimeout(() => exit(code), timeoutMs);
    work()
      .catch(nothing)
      .finally(() => exit(code));
  };
  Object.defineProperty(process, 'exit', { value: end, configurable: true, writable: true });
}

/** What can go wrong with a process as a whole. */
export interface ProcessEvents {
  /** Somebody threw, and nobody caught. */
  exception(error: unknown): void;
  /** A promise was rejected, and nobody looked. */
  rejection(reason: unknown): void;
  /** The channel to the parent process is gone, and with it, as a rule, the parent. */
  orphaned(): void;
}

/** Listens to the process; answers how to stop. Whoever listens lives on after an exception. */
export function listenToProcess(events: ProcessEvents): () => void {
  const exception = (error: unknown): void => events.exception(error);
  const rejection = (reason: unknown): void => events.rejection(reason);
  const orphaned = (): void => events.orphaned();
  process.on('uncaughtException', exception);
  process.on('unhandledRejection', rejection);
  process.on('disconnect', orphaned);
  // A message to a parent that has just died fails here, and would be an exception, a moment before 'disconnect'.
  process.on('error', orphaned);
  // Whoever read our output may be gone before us; that is no reason to end a call.
  process.stdout.on('error', nothing);
  process.stderr.on('error', nothing);
  return () => {
    process.off('uncaughtException', exception);
    process.off('unhandledRejection', rejection);
    process.off('disconnect', orphaned);
    process.off('error', orphaned);
    process.stdout.off('error', nothing);
    process.stderr.off('error', nothing);
  };
}

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

export type StopSignal = (typeof STOP_SIGNALS)[number];

export interface StopSignals {
  /** The first signal; whoever else listens hears it, too. */
  first(signal: StopSignal): void;
  /**
   * The second one. `closeNow` is the listener that somebody else had for the other signal; ours are the only ones
   * that are left.
   */
  second(signal: StopSignal, closeNow: () => void): void;
  /** Every further one. */
  further(signal: StopSignal): void;
}

/**
 * Listens to the signals that tell a worker to stop, and keeps every one after the first from whoever else listens:
 * LiveKit's command line leaves a second SIGTERM to Node, which ends the process, and ends it itself on a second
 * SIGINT (self-hosting facts, 0.4). Has to be called before the others listen. Answers how to stop.
 */
export function takeStopSignals(events: StopSignals): () => void {
  let count = 0;
  let closeNow = nothing;
  const listeners = STOP_SIGNALS.map((signal) => {
    const listener = (): void => {
      count += 1;
      if (count === 1) {
        events.first(signal);
        // Once the others have heard this one.
        setImmediate(() => {
          closeNow = others()[0] ?? nothing;
          removeOthers();
        });
      } else if (count === 2) {
        events.second(signal, () => {
          closeNow();
          // It may have begun to wait for one more signal, to end at once.
          removeOthers();
        });
      } else {
        events.further(signal);
      }
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  const others = (): (() => void)[] =>
    listeners.flatMap(({ signal, listener }) =>
      process
        .listeners(signal)
        .filter((one) => one !== listener)
        .map((one) => () => one(signal)),
    );
  const removeOthers = (): void => {
    for (const { signal, listener } of listeners) {
      process.removeAllListeners(signal);
      process.on(signal, listener);
    }
  };
  return () => {
    for (const { signal, listener } of listeners) {
      process.off(signal, listener);
    }
  };
}

function nothing(): void {
  // For listeners that only have to be there.
}
