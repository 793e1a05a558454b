import { withDeadline } from './deadline.js';
import type { CallObserver } from './definition.js';
import { describeError } from './errors.js';
import type { CallLog } from './log.js';
import type { CallOutcome } from './outcome.js';

/**
 * Flushes the observers one after another, in list order, each within `flushMs`. One that fails or hangs is logged
 * and abandoned; the others still get their turn. Never rejects.
 */
export async function flushObservers(
  observers: readonly CallObserver[],
  outcome: CallOutcome,
  flushMs: number,
  log: CallLog,
): Promise<void> {
  for (const observer of observers) {
    const abort = new AbortController();
    try {
      await withDeadline(
        Promise.resolve().then(() => observer.flush(outcome, abort.signal)),
        {
          ms: flushMs,
          what: `flush of the observer '${observer.name}'`,
          fault: 'application',
          remedy: `Make the observer's flush faster, or raise the flush limit.`,
        },
      );
    } catch (error) {
      log.error(
        { observer: observer.name, ...describeError(error) },
        'an observer could not be flushed',
      );
    } finally {
      abort.abort();
    }
  }
}
