/** Ten seconds after the first failure, then three times as long each time, two hours at most: eleven hours in all. */
const FIRST_DELAY_MS = 10_000;
const FACTOR = 3;
const LONGEST_DELAY_MS = 2 * 3_600_000;
/** A receiver may ask for more patience than that; what is longer is not waiting but giving up. */
const LONGEST_RETRY_AFTER_MS = 6 * 3_600_000;
/** Calls that failed together, because the receiver was down, do not come back together. */
const JITTER = 0.2;

/** After as many attempts a delivery is parked. */
export const MAX_ATTEMPTS = 12;

/**
 * How long to wait after attempt number `attempts` failed, in milliseconds, or undefined: that was the last one.
 *
 * @param retryAfterMs what the receiver asked for, if it did
 * @param random between 0 and 1
 */
export function retryDelayMs(
  attempts: number,
  retryAfterMs: number | undefined,
  random: number,
): number | undefined {
  if (attempts >= MAX_ATTEMPTS) {
    return undefined;
  }
  const backoffMs = Math.min(FIRST_DELAY_MS * FACTOR ** (attempts - 1), LONGEST_DELAY_MS);
  const jitteredMs = Math.round(backoffMs * (1 - JITTER + 2 * JITTER * random));
  return Math.max(jitteredMs, Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS));
}
