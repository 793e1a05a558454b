import { readFile, stat } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseLogLines, type LogLine } from '../../stack/log-lines.js';
import { journalFile } from '../../../src/records/journal/path.js';
import { readJournal } from '../../../src/records/journal/read-journal.js';
import type { Evidence, Secret } from '../evidence.js';
import { linesOf, readTraces, type ProcessTrace } from '../probe-log.js';
import type { Row } from '../row.js';
import type { CallerSide } from './caller-side.js';
import { isRunning, type Stage } from './stage.js';

interface Ended {
  readonly side: CallerSide;
  readonly faultAt: number | null;
  readonly problem: string | null;
  readonly jobGone: boolean;
  readonly job: ProcessTrace | null;
}

/** Takes down what can be seen of one row. */
export interface Recording {
  /** What a simulator forgets, or an attribute that goes with its room. */
  beforeLeaving(): Promise<void>;
  finish(ended: Ended): Promise<Evidence>;
}

/** Begins: what was before does not count. */
export async function gather(stage: Stage, row: Row, room: string): Promise<Recording> {
  const { control } = stage.simulator;
  await control.reset();
  const startedAt = Date.now();
  const logFrom = await sizeOf(stage.workerLog);
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let openBefore = 0;

  return {
    beforeLeaving: async () => {
      openBefore = (await control.status()).open;
    },
    finish: async ({ side, faultAt, problem, jobGone, job }) => {
      const { open } = await control.status();
      const callId = linesOf(job, 'job').find((one) => one.room === room)?.id ?? null;
      const output = (await readFile(stage.workerLog, 'utf8').catch(() => '')).slice(logFrom);
      const journal = callId === null ? '' : journalFile(stage.dataDir, callId);
      const journalText = await readFile(journal, 'utf8').catch(() => '');
      const heard = side.seen();
      const telemetry = callId === null ? [] : stage.sink.about(callId);
      const processes = readTraces(stage.probeDir);
      return {
        row,
        subject: stage.subject,
        callId,
        startedAt,
        faultAt,
        endedAt: Date.now(),
        problem,
        connections: await control.connections(),
        events: await control.events(),
        heard,
        journal: journalText === '' ? null : await readJournal(journal),
        log: linesOfJob(parseLogLines(output.split('\n')), callId, job?.pid),
        job,
        processes,
        jobGone,
        workerAsExpected: stage.ownWorker || isRunning(stage.worker.pid),
        modelPort: Number(new URL(stage.simulator.baseURL).port),
        openBefore,
        openAtEnd: open,
        telemetry,
        secrets: secretsOf(stage),
        texts: {
          'the output': output,
          'the journal': journalText,
          'the attributes': JSON.stringify(heard.attributes),
          telemetry: telemetry.join('\n'),
        },
        lagMs: Math.round(delay.max / 1e6) + longestLag(job, startedAt),
      };
    },
  };
}

function secretsOf({ livekit, keys }: Stage): Secret[] {
  return [
    { name: "the model's key", value: keys.modelKey },
    { name: "LiveKit's secret", value: livekit.apiSecret },
    { name: "telemetry's key", value: keys.telemetryKey },
  ];
}

/** The job's process says its pid, its call or its job in each line. */
function linesOfJob(
  lines: readonly LogLine[],
  callId: string | null,
  pid: number | undefined,
): LogLine[] {
  return lines.filter(
    (line) => line['pid'] === pid || line['callId'] === callId || line['jobID'] === callId,
  );
}

function longestLag(job: ProcessTrace | null, since: number): number {
  const lags = linesOf(job, 'memory').filter(({ at }) => at >= since);
  return Math.max(0, ...lags.map(({ lagMs }) => lagMs));
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => ({ size: 0 }))).size;
}
