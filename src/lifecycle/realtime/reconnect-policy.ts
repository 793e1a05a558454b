import { CallError } from '../errors.js';
import { checkDuration } from '../check-duration.js';
import type { ConnectionError } from './connection-error.js';

export interface ReconnectContext {
  /** Failures in a row since the last stable connection: 0 right after a stable one was lost. */
  readonly retryCount: number;
  /** Since the first failure, or since the loss. */
  readonly elapsedMs: number;
  readonly retryReason: ConnectionError;
}

/** LiveKit's client-side shape: a delay in milliseconds, or `null` to stop for good. Sleeps nowhere, holds nothing. */
export interface ReconnectPolicy {
  nextRetryDelayInMs(context: ReconnectContext): number | null;
}

export interface BackoffOptions {
  /** The delay after the first failure; 10 to 10 000. */
  readonly baseMs: number;
  /** Each further delay is so many times longer; 1 to 4. */
  readonly factor: number;
  /** The longest delay; `baseMs` to 60 000. */
  readonly capMs: number;
  /** How far a delay may be off by chance, as a part of it; 0 to 0.5. */
  readonly jitter: number;
  /** A longer Retry-After than this is a refusal: nobody waits so long on a call; 0 to 60 000. */
  readonly longestRetryAfterMs: number;
}

/**
 * 250 ms, doubled, ± 25 %. The base follows from the bars (peers-under-faults facts, 7) with jitter at its worst: two
 * failures and then success must leave room for a greeting within 1.5 s ((250 + 500) x 1.25 = 0.94 s), and four
 * connections that are closed at once must be over within 4 s ((250 + 500 + 1000) x 1.25 = 2.2 s), also while a busy
 * machine joins the room. A smaller base would ask an ailing service more often for nothing.
 */
export const DEFAULT_BACKOFF: BackoffOptions = {
  baseMs: 250,
  factor: 2,
  capMs: 8_000,
  jitter: 0.25,
  longestRetryAfterMs: 20_000,
};

/**
 * No delay after a stable connection, then exponential backoff; never sooner than the service's Retry-After.
 *
 * @param random as Math.random: a number from 0 up to 1
 * @throws {CallError} `OUT_OF_RANGE`, naming the option and its bounds.
 */
export function exponentialBackoff(
  options: BackoffOptions = DEFAULT_BACKOFF,
  random: () => number = Math.random,
): ReconnectPolicy {
  const { baseMs, factor, capMs, jitter, longestRetryAfterMs } = options;
  checkDuration('baseMs', baseMs, 10, 10_000);
  checkDuration('capMs', capMs, baseMs, 60_000);
  checkDuration('longestRetryAfterMs', longestRetryAfterMs, 0, 60_000);
  checkNumber('factor', factor, 1, 4);
  checkNumber('jitter', jitter, 0, 0.5);
  return {
    nextRetryDelayInMs({ retryCount, retryReason }) {
      const { fatal, retryAfterMs = 0 } = retryReason;
      if (fatal || retryAfterMs > longestRetryAfterMs) {
        return null;
      }
      if (retryCount === 0) {
        return retryAfterMs;
      }
      const steady = Math.min(baseMs * factor ** (retryCount - 1), capMs);
      return Math.max(retryAfterMs, steady * (1 + jitter * (2 * random() - 1)));
    },
  };
}

function checkNumber(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) {
    return;
  }
  throw new CallError(`${name} is ${value}, outside ${least} to ${most}`, {
    code: 'OUT_OF_RANGE',
    fault: 'application',
    remedy: `Give ${name} between ${least} and ${most}.`,
  });
}
