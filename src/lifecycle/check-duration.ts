import { CallError } from './errors.js';

/** Timers above this fire at once in Node, so no duration may exceed it. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Throws `OUT_OF_RANGE`, naming the value and its bounds, unless `minMs <= valueMs <= maxMs`. The lower bound
 * catches seconds or minutes given as milliseconds.
 */
export function checkDuration(
  name: string,
  valueMs: number,
  minMs: number,
  maxMs = LONGEST_TIMER_MS,
): void {
  if (Number.isFinite(valueMs) && valueMs >= minMs && valueMs <= maxMs) {
    return;
  }
  throw new CallError(`${name} is ${valueMs}, outside ${minMs} to ${maxMs} milliseconds`, {
    code: 'OUT_OF_RANGE',
    fault: 'application',
    remedy: `Give ${name} in milliseconds, between ${minMs} and ${maxMs}.`,
  });
}
