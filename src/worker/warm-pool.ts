import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { watchChildProcesses } from './child-processes.js';

/*
 * In `start` the framework keeps idle job processes in a queue, and two things go wrong there (agents 1.9.0).
 *
 * One that dies in the queue stays in it: no other takes its place, and the next call is given to the dead one, in
 * silence, with a caller who waits for ever. Once all have died at once, as they do when a machine runs out of memory, no
 * call starts, while health says 200.
 *
 * And whoever is told to stop while an idle process has still to be started, as in the seconds after each call's
 * beginning, does not drain: it waits for every process, one that was never started throws ("runner not started"), and
 * every running call is closed at once.
 */

/** The parts of the framework's pool that are needed. */
interface WarmPool {
  readonly closed: boolean;
  readonly warmedProcQueue: { readonly items: WarmProcess[] };
  readonly executors: readonly { readonly started: boolean }[];
  start: (this: WarmPool) => void;
  launchJob: (this: WarmPool, job: unknown) => Promise<void>;
}

interface WarmProcess {
  readonly proc: { readonly proc?: { exitCode: number | null; signalCode: string | null } };
  /** Lets the pool start another one in its place. */
  unlock(): void;
}

/** The module is not exported; next to the entry point it is found all the same, and is the one that the worker uses. */
const POOL_MODULE = new URL(
  './ipc/proc_pool.js',
  pathToFileURL(createRequire(import.meta.url).resolve('@livekit/agents')),
).href;

const poolModule = z.object({
  ProcPool: z.custom<{ prototype: WarmPool }>(
    (value) =>
      typeof value === 'function' &&
      typeof Reflect.get(Object(value.prototype), 'start') === 'function' &&
      typeof Reflect.get(Object(value.prototype), 'launchJob') === 'function' &&
      Object.getOwnPropertyDescriptor(value.prototype, 'processes')?.get !== undefined,
  ),
});

/**
 * Finds the framework's pool; answers how to mend it: dead processes are taken out of it, when they die and once more
 * before a call is given away, and nobody waits for those that were never started. That has to be done before the
 * worker is made, and answers how to undo it.
 *
 * @throws Error when an upgrade has changed the pool: look whether the trap is still there.
 */
export async function findWarmPool(): Promise<() => () => void> {
  const parsed = poolModule.safeParse(await import(POOL_MODULE));
  if (!parsed.success) {
    throw new Error(
      'LiveKit’s pool of job processes has changed; find out whether a dead idle process is replaced, and mend warm-pool.ts.',
    );
  }
  const pool = parsed.data.ProcPool.prototype;
  return () => mend(pool);
}

function mend(pool: WarmPool): () => void {
  const { start, launchJob } = pool;
  const started = new Set<WarmPool>();
  pool.start = function (this: WarmPool): void {
    started.add(this);
    start.call(this);
  };
  pool.launchJob = function (this: WarmPool, job: unknown): Promise<void> {
    dropDead(this);
    return launchJob.call(this, job);
  };
  const processes = Object.getOwnPropertyDescriptor(pool, 'processes') ?? {};
  Object.defineProperty(pool, 'processes', {
    ...processes,
    get(this: WarmPool) {
      return this.executors.filter(({ started: isStarted }) => isStarted);
    },
  });
  const unwatch = watchChildProcesses((child) => {
    child.once('exit', () => started.forEach(dropDead));
  });
  return () => {
    unwatch();
    Object.assign(pool, { start, launchJob });
    Object.defineProperty(pool, 'processes', processes);
  };
}

function dropDead(pool: WarmPool): void {
  if (pool.closed) {
    return;
  }
  const { items } = pool.warmedProcQueue;
  for (const dead of items.filter(hasDied)) {
    items.splice(items.indexOf(dead), 1);
    dead.unlock();
  }
}

/** One that was told to end, as when the worker drains, ends with 0, and needs nobody in its place. */
function hasDied({ proc: { proc } }: WarmProcess): boolean {
  return proc !== undefined && ((proc.exitCode ?? 0) !== 0 || proc.signalCode !== null);
}
