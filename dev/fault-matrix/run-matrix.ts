import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { disposeCallers } from '../caller/index.js';
import { startLiveKit } from '../stack/index.js';
import type { Evidence } from './evidence.js';
import { resultOf, skippedResult, unplayedResult, type RowResult } from './result.js';
import type { Row } from './row.js';
import { playRow } from './run-row.js';
import { CannotProvokeError } from './run/records.js';
import { runFolder } from './run/run-folder.js';
import { Lane, type Keys } from './run/stage.js';
import { prepareSubject, type Subject, type SubjectName } from './subjects.js';
import { startTelemetrySink } from './telemetry-sink.js';

const TIMES_TO_GET_THERE = 2;

export interface MatrixOptions {
  readonly rows: readonly Row[];
  readonly subjects: readonly SubjectName[];
  /** Rows played at once. */
  readonly lanes: number;
  readonly signal: AbortSignal;
  readonly onResult: (result: RowResult) => void;
  readonly onProgress: (text: string) => void;
  /** Keeps logs, records, probes and all evidence, and says where. */
  readonly keep: boolean;
}

/** Plays every row against every subject. Everything that was started is ended when it returns or throws. */
export async function runMatrix(options: MatrixOptions): Promise<RowResult[]> {
  const { folder, remove } = runFolder();
  const keys: Keys = {
    modelKey: `sk-planted-${randomBytes(12).toString('hex')}`,
    telemetryKey: randomBytes(16).toString('hex'),
  };
  const results: RowResult[] = [];
  try {
    await using sink = await startTelemetrySink();
    await using livekit = await startLiveKit({
      signal: options.signal,
      onProgress: options.onProgress,
    });
    for (const name of options.subjects) {
      await using subject = await prepareSubject(name, folder);
      const queue = [...options.rows];
      const work = Array.from({ length: options.lanes }, async (_, nth) => {
        const shared = { subject, livekit, sink, folder, keys, signal: options.signal };
        await using lane = new Lane({ name: `${name}-${nth + 1}`, ...shared });
        for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
          options.signal.throwIfAborted();
          const result = await play(
            row,
            lane,
            subject,
            options.signal,
            options.keep ? folder : undefined,
          );
          results.push(result);
          options.onResult(result);
        }
      });
      // Each lane ends before what they share does.
      const failed = (await Promise.allSettled(work)).find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') {
        throw failed.reason;
      }
    }
  } finally {
    await disposeCallers();
    if (options.keep) {
      options.onProgress(`kept in ${folder}`);
    } else {
      remove();
    }
  }
  return results;
}

async function play(
  row: Row,
  lane: Lane,
  subject: Subject,
  signal: AbortSignal,
  keepIn: string | undefined,
): Promise<RowResult> {
  if (row.special?.code !== undefined && subject.faultyEntry === null) {
    return skippedResult(row, subject.name, 'the fault is in code that only our agent is given');
  }
  try {
    for (let nth = 1; ; nth += 1) {
      const evidence = await playOnce(row, lane, signal);
      if (keepIn !== undefined) {
        await writeFile(join(keepIn, `${subject.name}-${row.id}.json`), JSON.stringify(evidence));
      }
      // Where the fault never came nothing was shown: a busy machine may have kept the call from getting there.
      if (evidence.faultAt !== null || nth === TIMES_TO_GET_THERE) {
        return resultOf(evidence);
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CannotProvokeError) {
      return skippedResult(row, subject.name, error.message);
    }
    return unplayedResult(row, subject.name, error);
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
