import type { CallLimits } from './definition.js';
import { CallError } from './errors.js';

/** Joining the room and starting the session: LiveKit answers within one second, a loaded host within a few. */
export const START_DEADLINE_MS = 20_000;
/** A greeting longer than this is taken for one that never ends (facts: a stalled response never settles). */
export const GREETING_DEADLINE_MS = 60_000;
/** The last attributes should reach the room before the room is left; a lost room must not hold the end up. */
export const PUBLISH_DEADLINE_MS = 1_000;

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

/** Throws `OUT_OF_RANGE` for the first limit outside its bounds. */
export function checkLimits(limits: CallLimits): void {
  checkDuration('callerJoinMs', limits.callerJoinMs, 1_000);
  checkDuration('wrapUpMs', limits.wrapUpMs, 1_000, 120_000);
  checkDuration('flushMs', limits.flushMs, 100, 30_000);
}
