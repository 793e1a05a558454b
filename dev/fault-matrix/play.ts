import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evidence } from './evidence.js';
import { isOnlyLate, resultOf, skippedResult, unplayedResult, type RowResult } from './result.js';
import type { Row } from './row.js';
import { playRow } from './run-row.js';
import { CannotProvokeError } from './run/records.js';
import type { Lane } from './run/stage.js';
import type { Subject } from './subjects.js';

const TIMES_TO_GET_THERE = 2;

/** A row that was played. */
export interface Played {
  readonly row: Row;
  readonly result: RowResult;
  /** Everything happened that should, and only not in time. */
  readonly onlyLate: boolean;
}

/** Plays one row against a subject and judges it. @param keepIn folder for all that was seen */
export async function play(
  row: Row,
  lane: Lane,
  subject: Subject,
  signal: AbortSignal,
  keepIn: string | undefined,
): Promise<Played> {
  const without = (result: RowResult): Played => ({ row, result, onlyLate: false });
  if (row.special?.code !== undefined && subject.faultyEntry === null) {
    const why = 'the fault is in code that only our agent is given';
    return without(skippedResult(row, subject.name, why));
  }
  try {
    for (let nth = 1; ; nth += 1) {
      const evidence = await playOnce(row, lane, signal);
      if (keepIn !== undefined) {
        await writeFile(join(keepIn, `${subject.name}-${row.id}.json`), JSON.stringify(evidence));
      }
      // Where the fault never came nothing was shown: a busy machine may have kept the call from getting there.
      if (evidence.faultAt !== null || nth === TIMES_TO_GET_THERE) {
        return { row, result: resultOf(evidence), onlyLate: isOnlyLate(evidence) };
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CannotProvokeError) {
      return without(skippedResult(row, subject.name, error.message));
    }
    return without(unplayedResult(row, subject.name, error));
  }
}

async function playOnce(row: Row, lane: Lane, signal: AbortSignal): Promise<Evidence> {
  const { stage, done } = await lane.stageFor(row);
  try {
    return await unlessAborted(playRow(row, stage), signal);
  } finally {
    await done();
  }
}

/** A row takes up to a minute; whoever interrupts does not want to wait for it. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = new AbortController();
  const aborted = once(signal, 'abort', { signal: over.signal }).then(() => {
    throw signal.reason;
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    aborted.catch(() => undefined);
    over.abort();
  }
}
