import { waitUntil } from '../../stack/deadline.js';
import type { BenchPieces } from '../pieces.js';

/** What became of a call whose connection to the model was cut while nobody spoke. `null` is: not within the time given. */
export interface Cut {
  /** From the cut to a new connection that has taken over the session's settings, in milliseconds. */
  readonly reopenedMs: number | null;
  /** From the beginning of the caller's next words (spoken when it was open again, or given up on) to the first of the answer. */
  readonly answeredMs: number | null;
}

const REOPENED_WITHIN_MS = 10_000;

/**
 * Cuts the newest connection, waits for the next, and asks something.
 *
 * @param ask says something as the caller, and resolves with the moment (`performance.now()`) in which an answer is heard
 */
export async function measureCut(
  { simulator }: BenchPieces,
  ask: () => Promise<number>,
): Promise<Cut> {
  const { control } = simulator;
  const cut = (await control.connections()).at(-1);
  await control.addFault({ fault: 'drop', on: 'current' });
  let reopenedMs: number | null = null;
  await waitUntil(
    async () => {
      const next = (await control.connections()).at(-1);
      if (next === undefined || cut === undefined || next.id === cut.id) {
        return false;
      }
      const closedAt = (await control.connections()).find(({ id }) => id === cut.id)?.closedAt;
      const [ready] = await control.events({ connection: next.id, types: ['session.updated'] });
      reopenedMs = ready === undefined ? null : ready.at - (closedAt ?? Number.NaN);
      return reopenedMs !== null;
    },
    { deadlineMs: REOPENED_WITHIN_MS, what: 'a new connection', everyMs: 25 },
  ).catch(() => undefined);

  const askedAtMs = performance.now();
  const answeredMs = await ask().then(
    (heardAtMs) => heardAtMs - askedAtMs,
    () => null,
  );
  return { reopenedMs, answeredMs };
}
