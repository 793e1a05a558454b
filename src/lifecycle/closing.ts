import { setTimeout } from 'node:timers/promises';
import type { CallLifecycle } from './call-lifecycle.js';
import type { CallLimits } from './definition.js';
import { DEADLINES } from './limits.js';
import type { CallLog } from './log.js';
import { exitNow } from './process-guard.js';

/**
 * How long the framework may take to close session and room before the records are finished without it. It takes
 * well under a second, but waits 60 s for a session that hangs, while a process without a worker lives 12 s
 * (realtime-faults facts, 5).
 */
const CLOSING_MS = 8_000;

/** How long the process may live once everything is flushed. */
const EXIT_MS = 5_000;

const HUNG = 70;

/** How long a call may take from its end to the end of its process, all its deadlines together, in milliseconds. */
export function closingMs(observers: number, { flushMs }: Pick<CallLimits, 'flushMs'>): number {
  const { finishingPreparing, telling } = DEADLINES;
  return finishingPreparing.ms + telling.ms + CLOSING_MS + observers * flushMs + EXIT_MS;
}

/**
 * Sees to it that a call that has its outcome is flushed and its process ends, also when the framework's sequence
 * hangs. In the ordinary case the framework ends the process first.
 */
export async function closeWithin(
  lifecycle: Pick<CallLifecycle, 'flush'>,
  log: CallLog,
  exit: (code: number) => void = exitNow,
): Promise<void> {
  await setTimeout(CLOSING_MS);
  log.warn({ closingMs: CLOSING_MS }, 'the call is slow to close; its records are finished now');
  await lifecycle.flush();
  await setTimeout(EXIT_MS);
  log.error(
    { exitMs: EXIT_MS },
    'the process of a call that is over does not end; it is ended by force',
  );
  exit(HUNG);
}
