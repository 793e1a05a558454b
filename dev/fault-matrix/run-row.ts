import { setTimeout as delay } from 'node:timers/promises';
import { withDeadline } from '../stack/deadline.js';
import type { Evidence } from './evidence.js';
import { command, jobOf, linesOf, readTraces, type ProcessTrace } from './probe-log.js';
import type { Row } from './row.js';
import { CallerSide } from './run/caller-side.js';
import { gather } from './run/gather.js';
import { inject } from './run/inject.js';
import { reach } from './run/moments.js';
import { isRunning } from './run/run-folder.js';
import type { Stage } from './run/stage.js';

/** How long a row may take in all, its end not included. */
const ROW_MS = 90_000;
/** From the end of the call, or the caller's leaving, until the job's process must be gone. */
const GONE_MS = 25_000;
const GRACE_MS = 20_000;
/** A caller who is not greeted by now speaks first. */
const UNGREETED_MS = 12_000;
/** On a busy machine a job's process takes this long to begin. */
const BEGIN_MS = 25_000;
const LOOK_EVERY_MS = 50;
const COLLECT_EVERY_MS = 1500;
/** A process whose event loop is blocked collects late, or never. */
const COLLECT_MS = 1500;

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
          if (row.when === 'idle') {
            await collectGarbage(stage, job);
          }
          record.faultComes();
          faultAt = Date.now();
        }
        side.faultComes();
        if (!early) {
          await inject(row.inject, target);
        }
        await take(row, side, stage, job);
      })(),
      ROW_MS,
      'the row’s end',
    );
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  await collectGarbage(stage, job);
  const diedAt = goneAt(job());
  await record.beforeLeaving();
  await side.leave();
  const jobGoneAt = diedAt ?? (await ends(job, GONE_MS));
  return record.finish({ side, faultAt, problem, jobGoneAt, job: job() ?? null });
}

/** What the caller does after the fault. */
async function take(
  { course, promised }: Row,
  side: CallerSide,
  stage: Stage,
  job: () => ProcessTrace | undefined,
): Promise<void> {
  const endsWithinMs = promised.endsWithinMs ?? 30_000;
  switch (course.kind) {
    case 'asks':
      // Nobody asks before they were greeted, unless no greeting comes.
      await side.greeted(UNGREETED_MS).catch(() => undefined);
      for (let nth = 1; nth <= course.times && !side.agentIsGone; nth += 1) {
        await side.asks({ waitMs: course.waitMs ?? 10_000, whole: course.whole === true });
      }
      return;
    case 'hangs-up':
      return;
    case 'asks-and-waits':
      await side.saysNext().catch(() => undefined);
      return untilGone(side, stage, job, endsWithinMs);
    case 'waits':
      return untilGone(side, stage, job, endsWithinMs);
  }
}

/** The promise's own limit, and then some: by how much it is missed is worth knowing. Collects garbage meanwhile. */
async function untilGone(
  side: CallerSide,
  stage: Stage,
  job: () => ProcessTrace | undefined,
  endsWithinMs: number,
): Promise<void> {
  await waitForJob(job);
  const until = Date.now() + endsWithinMs + GRACE_MS;
  let collectAt = Date.now() + COLLECT_EVERY_MS;
  const isOver = (): boolean => {
    const pid = job()?.pid;
    return side.agentIsGone || (pid !== undefined && !isRunning(pid));
  };
  while (!isOver() && Date.now() < until) {
    await delay(LOOK_EVERY_MS);
    if (Date.now() > collectAt) {
      collectAt = Date.now() + COLLECT_EVERY_MS;
      await collectGarbage(stage, job);
    }
  }
}

/** A call that has not begun cannot end. */
async function waitForJob(job: () => ProcessTrace | undefined): Promise<void> {
  for (const until = Date.now() + BEGIN_MS; Date.now() < until && job() === undefined;) {
    await delay(LOOK_EVERY_MS);
  }
}

/** Has the probe collect garbage, and waits for it: memory is compared between two such moments. */
async function collectGarbage(stage: Stage, job: () => ProcessTrace | undefined): Promise<void> {
  const collections = (): number =>
    linesOf(job() ?? null, 'memory').filter(({ collected }) => collected).length;
  const pid = job()?.pid;
  if (pid === undefined || !isRunning(pid)) {
    return;
  }
  const before = collections();
  command(stage.probeDir, pid, 'collect');
  for (const until = Date.now() + COLLECT_MS; Date.now() < until && collections() === before;) {
    await delay(LOOK_EVERY_MS);
  }
}

/** When the job's process went, by its own last word or as of now; null while it is there, or before it is. */
function goneAt(trace: ProcessTrace | undefined): number | null {
  return trace === undefined || isRunning(trace.pid)
    ? null
    : (linesOf(trace, 'exit').at(-1)?.at ?? Date.now());
}

/** Waits for the job's process to go, and answers when it did; null when it has not. One that never was is gone. */
async function ends(job: () => ProcessTrace | undefined, withinMs: number): Promise<number | null> {
  const until = Date.now() + withinMs;
  while (job() !== undefined && goneAt(job()) === null) {
    if (Date.now() > until) {
      return null;
    }
    await delay(LOOK_EVERY_MS);
  }
  return goneAt(job()) ?? Date.now();
}
