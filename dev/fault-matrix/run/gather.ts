import { readFile, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { parseLogLines, type LogLine } from '../../stack/log-lines.js';
import { journalFile } from '../../../src/records/journal/path.js';
import { readJournal } from '../../../src/records/journal/read-journal.js';
import type { Evidence, Secret } from '../evidence.js';
import { watchTime } from '../probe.mjs';
import { linesOf, readTraces, type ProcessTrace } from '../probe-log.js';
import type { Row } from '../row.js';
import type { CallerSide } from './caller-side.js';
import { isRunning } from './run-folder.js';
import type { Stage } from './stage.js';

interface Ended {
  readonly side: CallerSide;
  readonly faultAt: number | null;
  readonly problem: string | null;
  readonly jobGoneAt: number | null;
  readonly job: ProcessTrace | null;
}

/** Takes down what can be seen of one row. */
export interface Recording {
  /** How busy the machine was before does not matter. */
  faultComes(): void;
  /** How many connections are open while the call is. */
  beforeLeaving(): Promise<void>;
  finish(ended: Ended): Promise<Evidence>;
}

const SETTLE_MS = 1500;

/** One for the process: all lanes share its time. */
const timeTaken = watchTime();

/** Begins: what was before does not count. */
export async function gather(stage: Stage, row: Row, room: string): Promise<Recording> {
  const { control } = stage.simulator;
  await control.reset();
  const startedAt = Date.now();
  const logFrom = await sizeOf(stage.workerLog);
  let openBefore = 0;
  let hungUpAt = 0;
  let takenBefore = timeTaken();

  return {
    faultComes: () => {
      takenBefore = timeTaken();
    },
    beforeLeaving: async () => {
      hungUpAt = Date.now();
      openBefore = (await control.status()).open;
    },
    finish: async ({ side, faultAt, problem, jobGoneAt, job }) => {
      const open = await openWhenSettled(stage);
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
        hungUpAt,
        endedAt: Date.now(),
        problem,
        connections: await control.connections(),
        events: await control.events(),
        heard,
        journal: journalText === '' ? null : await readJournal(journal),
        log: linesOfJob(parseLogLines(output.split('\n')), callId, job?.pid),
        job,
        processes,
        jobGoneAt,
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
          // Its own key goes with everything it is sent.
          telemetry: telemetry.join('\n').replaceAll(stage.keys.telemetryKey, ''),
        },
        lagMs: timeTaken() - takenBefore + stolenFrom(job, faultAt ?? startedAt),
      };
    },
  };
}

/** Connections that are still open when nobody is kept from reading any more: a frozen one does not see its end. */
async function openWhenSettled({ simulator: { control } }: Stage): Promise<number> {
  await control.clearFaults();
  const until = Date.now() + SETTLE_MS;
  for (;;) {
    const { open } = await control.status();
    if (open === 0 || Date.now() > until) {
      return open;
    }
    await delay(50);
  }
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

function stolenFrom(job: ProcessTrace | null, since: number): number {
  // Loading its code, a process is busy before it has a job: that is no lag of the call's.
  const begunAt = linesOf(job, 'job').at(0)?.at ?? since;
  const lags = linesOf(job, 'memory').filter(({ at }) => at >= Math.max(since, begunAt));
  return lags.reduce((sum, { lagMs }) => sum + lagMs, 0);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => ({ size: 0 }))).size;
}
