import { randomBytes } from 'node:crypto';
import { disposeCallers } from '../caller/index.js';
import { startLiveKit } from '../stack/index.js';
import { resultOf, skippedResult, type RowResult } from './result.js';
import type { Row } from './row.js';
import { playRow } from './run-row.js';
import { Lane, runFolder, type Keys } from './run/stage.js';
import { prepareSubject, type Subject, type SubjectName } from './subjects.js';
import { startTelemetrySink } from './telemetry-sink.js';

export interface MatrixOptions {
  readonly rows: readonly Row[];
  readonly subjects: readonly SubjectName[];
  /** Rows played at once. */
  readonly lanes: number;
  readonly signal: AbortSignal;
  readonly onResult: (result: RowResult) => void;
  readonly onProgress: (text: string) => void;
  /** Keeps logs, records and probes, and says where. */
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
      await using subject = await prepareSubject(name);
      const queue = [...options.rows];
      const work = Array.from({ length: options.lanes }, async (_, nth) => {
        const shared = { subject, livekit, sink, folder, keys, signal: options.signal };
        await using lane = new Lane({ name: `${name}-${nth + 1}`, ...shared });
        for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
          options.signal.throwIfAborted();
          const result = await play(row, lane, subject);
          results.push(result);
          options.onResult(result);
        }
      });
      await Promise.all(work);
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

async function play(row: Row, lane: Lane, subject: Subject): Promise<RowResult> {
  if (row.special?.code !== undefined && subject.faultyEntry === null) {
    return skippedResult(row, subject.name, 'the fault is in code that only our agent is given');
  }
  const { stage, done } = await lane.stageFor(row);
  try {
    return resultOf(await playRow(row, stage));
  } finally {
    await done();
  }
}
