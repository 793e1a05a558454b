import { randomBytes } from 'node:crypto';
import { disposeCallers } from '../caller/index.js';
import { startLiveKit } from '../stack/index.js';
import { play, type Played } from './play.js';
import type { RowResult } from './result.js';
import type { Row } from './row.js';
import { runFolder } from './run/run-folder.js';
import { Lane, type Keys, type LaneOptions } from './run/stage.js';
import { prepareSubject, type SubjectName } from './subjects.js';
import { startTelemetrySink } from './telemetry-sink.js';

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
      const shared = { subject, livekit, sink, folder, keys, signal: options.signal };
      const lanes = Array.from({ length: options.lanes }, (_, nth) => String(nth + 1));
      const played = await playAll(options, options.rows, lanes, shared);
      // What plays beside a row takes time from it.
      const late = lanes.length > 1 ? played.filter(({ onlyLate }) => onlyLate) : [];
      const lateRows = late.map(({ row }) => row);
      const again = lateRows.length > 0 ? await playAll(options, lateRows, ['again'], shared) : [];
      const last = [...played.filter((one) => !late.includes(one)), ...again];
      results.push(...last.map(({ result }) => result));
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

/** Plays rows in so many lanes at once, each with its name. */
async function playAll(
  options: MatrixOptions,
  rows: readonly Row[],
  lanes: readonly string[],
  shared: Omit<LaneOptions, 'name'>,
): Promise<Played[]> {
  const { subject, folder, signal } = shared;
  const queue = [...rows];
  const played: Played[] = [];
  const work = lanes.map(async (name) => {
    await using lane = new Lane({ name: `${subject.name}-${name}`, ...shared });
    for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
      signal.throwIfAborted();
      const one = await play(row, lane, subject, signal, options.keep ? folder : undefined);
      const result = { ...one.result, again: name === 'again' };
      played.push({ ...one, result });
      options.onResult(result);
    }
  });
  // Each lane ends before what they share does.
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') {
    throw failed.reason;
  }
  return played;
}
