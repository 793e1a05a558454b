import { setTimeout as delay } from 'node:timers/promises';

/** A wait that took too long. The message names what was awaited and for how long. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Waits for `work`, at most `deadlineMs` milliseconds.
 *
 * @param what completes the sentence "… did not happen within N s", e.g. `LiveKit's first answer`.
 * @throws DeadlineError when time is up, or the signal's reason when it is aborted. `work` itself goes
 *   on: whoever started it ends it.
 */
export async function withDeadline<T>(
  work: Promise<T>,
  deadlineMs: number,
  what: string,
  signal?: AbortSignal,
): Promise<T> {
  const over = new AbortController();
  const signals = signal === undefined ? [over.signal] : [over.signal, signal];
  const timeout = async (): Promise<never> => {
    await delay(deadlineMs, undefined, { signal: AbortSignal.any(signals) }).catch(() => {
      signal?.throwIfAborted();
    });
    throw new DeadlineError(`${what} did not happen within ${String(deadlineMs / 1000)} s`);
  };
  try {
    return await Promise.race([work, timeout()]);
  } finally {
    over.abort();
  }
}

/**
 * Asks `check` every `everyMs` milliseconds until it answers true.
 *
 * @throws DeadlineError when it has not within `deadlineMs`, or the signal's reason.
 */
export async function waitUntil(
  check: () => boolean | Promise<boolean>,
  options: { deadlineMs: number; what: string; everyMs?: number; signal?: AbortSignal | undefined },
): Promise<void> {
  const { deadlineMs, what, everyMs = 50, signal } = options;
  const giveUpAt = performance.now() + deadlineMs;
  while (!(await check())) {
    signal?.throwIfAborted();
    if (performance.now() >= giveUpAt) {
      throw new DeadlineError(`${what} did not happen within ${String(deadlineMs / 1000)} s`);
    }
    await delay(everyMs);
  }
}
