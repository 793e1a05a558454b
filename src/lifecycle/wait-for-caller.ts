import type { EndDecision } from './end-decision.js';

/**
 * Resolves when the caller is there, or the call has its end; it ends as `caller-never-came` when that takes too long.
 *
 * @param withinMs how long a call may wait for its caller
 */
export async function waitForCaller(
  joined: Promise<void>,
  withinMs: number,
  end: Pick<EndDecision, 'make' | 'orWork'>,
): Promise<void> {
  const detail = `nobody joined within ${withinMs} ms`;
  const timer = setTimeout(
    () => end.make({ reason: 'caller-never-came', detail, error: undefined }),
    withinMs,
  );
  try {
    await end.orWork(joined);
  } finally {
    clearTimeout(timer);
  }
}
