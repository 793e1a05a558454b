import { CallProgress } from '../records/journal/call-progress.js';
import type { JournalEntry } from '../records/journal/entry.js';

/** How long somebody waited for something that then came. */
export interface Wait {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly latencyMs: number;
}

/** How long the caller waited for each answer: from the end of what they said, or from its sending, to the agent's first sound. */
export function answerWaits(entries: readonly JournalEntry[]): Wait[] {
  return measured(entries).flatMap(({ atMs, answerMs }) =>
    answerMs === undefined ? [] : [{ atMs, latencyMs: answerMs }],
  );
}

/** How long the caller waited for the agent's first sound, from their arrival on; undefined when there was none. */
export function firstWordWait(entries: readonly JournalEntry[]): Wait | undefined {
  const [first] = measured(entries).flatMap(({ atMs, firstWordMs }) =>
    firstWordMs === undefined ? [] : [{ atMs, latencyMs: firstWordMs }],
  );
  return first;
}

/** How long each tool took that has ended, in milliseconds, by the numbers of both its entries. */
export function toolTimes(entries: readonly JournalEntry[]): ReadonlyMap<number, number> {
  return new Map(
    measured(entries).flatMap(({ seq, tool }): [number, number][] =>
      tool === undefined
        ? []
        : [
            [tool.startSeq, tool.ms],
            [seq, tool.ms],
          ],
    ),
  );
}

function measured(entries: readonly JournalEntry[]) {
  const progress = new CallProgress();
  return entries.map((entry) => ({
    atMs: Date.parse(entry.at),
    seq: entry.seq,
    ...progress.add(entry),
  }));
}
