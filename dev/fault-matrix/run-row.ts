import { setTimeout as delay } from 'node:timers/promises';
import { withDeadline } from '../stack/deadline.js';
import type { Evidence } from './evidence.js';
import { command, jobOf, readTraces, type ProcessTrace } from './probe-log.js';
import type { Row } from './row.js';
import { CallerSide } from './run/caller-side.js';
import { gather } from './run/gather.js';
import { inject } from './run/inject.js';
import { reach } from './run/moments.js';
import { isRunning, type Stage } from './run/stage.js';

/** How long a row may take in all, its end not included. */
const ROW_MS = 45_000;
/** From the end of the call, or the caller's leaving, until the job's process must be gone. */
const GONE_MS = 25_000;
const LOOK_EVERY_MS = 50;

/** Plays one row on a stage, and brings back what was seen. Never throws for what the subject does. */
export async function playRow(row: Row, stage: Stage): Promise<Evidence> {
  const room = `faults-${row.id}-${Date.now().toString(36)}`;
  const side = new CallerSide(stage, room);
  const record = await gather(stage, row, room);
  const job = (): ProcessTrace | undefined => jobOf(readTraces(stage.probeDir), room);
  const target = { stage, side, job: () => job()?.pid ?? Number.NaN };
  let faultAt: number | null = null;
  let problem: string | null = null;

  try {
    const early = row.when === 'before-join';
    if (early) {
      await inject(row.inject, target);
      faultAt = Date.now();
    }
    await side.join(row.special?.code);
    await withDeadline(
      (async () => {
        if (!early) {
          await reach(row.when, side, stage);
          collectGarbage(stage, job());
          faultAt = Date.now();
        }
        side.faultComes();
        if (!early) {
          await inject(row.inject, target);
        }
        await take(row, side);
      })(),
      ROW_MS,
      'the row’s end',
    );
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  collectGarbage(stage, job());
  await delay(2 * LOOK_EVERY_MS);
  await record.beforeLeaving();
  await side.leave();
  const jobGone = await ends(job, GONE_MS);
  return record.finish({ side, faultAt, problem, jobGone, job: job() ?? null });
}

/** What the caller does after the fault. */
async function take({ course, promised }: Row, side: CallerSide): Promise<void> {
  const endsWithinMs = promised.endsWithinMs ?? 30_000;
  switch (course.kind) {
    case 'asks':
      for (let nth = 1; nth <= course.times && !side.agentIsGone; nth += 1) {
        await side.asks({ waitMs: course.waitMs ?? 10_000, whole: course.whole === true });
      }
      return;
    case 'asks-and-waits':
      await side.saysNext().catch(() => undefined);
      return untilGone(side, endsWithinMs);
    case 'waits':
      return untilGone(side, endsWithinMs);
  }
}

/** The promise's own limit, and then some: by how much it is missed is worth knowing. */
async function untilGone(side: CallerSide, endsWithinMs: number): Promise<void> {
  const until = Date.now() + endsWithinMs + 8000;
  while (!side.agentIsGone && Date.now() < until) {
    await delay(LOOK_EVERY_MS);
  }
}

/** Asks the probe to collect: memory is compared between two such moments. */
function collectGarbage(stage: Stage, job: ProcessTrace | undefined): void {
  if (job !== undefined && isRunning(job.pid)) {
    command(stage.probeDir, job.pid, 'collect');
  }
}

/** Whether the job's process has gone in time; one that never was has. */
async function ends(job: () => ProcessTrace | undefined, withinMs: number): Promise<boolean> {
  const pid = job()?.pid;
  const until = Date.now() + withinMs;
  while (pid !== undefined && isRunning(pid)) {
    if (Date.now() > until) {
      return false;
    }
    await delay(LOOK_EVERY_MS);
  }
  return true;
}
