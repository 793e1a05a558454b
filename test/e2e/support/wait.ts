import { waitUntil as waitWithDeadline } from '../../../dev/stack/deadline.js';
import { PATIENCE } from './call.js';

/** Polls what sends no event (processes, files) until it holds; fails saying what was waited for. */
export function waitUntil(
  holds: () => boolean | Promise<boolean>,
  what: string,
  deadlineMs: number = PATIENCE.timeoutMs,
): Promise<void> {
  return waitWithDeadline(holds, { deadlineMs, what });
}
