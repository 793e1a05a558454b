import { initializeLogger } from '@livekit/agents';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { findWarmPool } from '../../src/worker/warm-pool.js';
import { isAlive } from '../dev/stack/support/processes.js';

/** LiveKit's real pool, with real job processes that are really killed. */

interface Pool {
  readonly executors: unknown[];
  readonly processes: unknown[];
  readonly warmedProcQueue: { readonly items: { proc: { proc?: { pid: number } } }[] };
  start(): void;
  launchJob(job: unknown): Promise<void>;
  close(): Promise<void>;
}

const PATIENCE = { timeout: 25_000, interval: 20 };
const entryPoint = pathToFileURL(createRequire(import.meta.url).resolve('@livekit/agents'));
const poolModule = z.object({
  ProcPool: z.custom<new (options: object) => Pool>((value) => typeof value === 'function'),
});
let unmend: () => void;
let pool: Pool;

beforeEach(async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  unmend = (await findWarmPool())();
  const { ProcPool } = poolModule.parse(
    await import(new URL('./ipc/proc_pool.js', entryPoint).href),
  );
  pool = new ProcPool({
    agent: fileURLToPath(new URL('../processes/idle-job.mjs', import.meta.url)),
    numIdleProcesses: 1,
    initializeTimeout: 25_000,
    closeTimeout: 5_000,
    sessionEndTimeout: 1_000,
    memoryWarnMB: 0,
    memoryLimitMB: 0,
  });
  pool.start();
});
afterEach(async () => {
  await pool.close();
  unmend();
});

const idle = (): number[] =>
  pool.warmedProcQueue.items.flatMap(({ proc: { proc } }) => (proc ? [proc.pid] : []));

async function oneIdle(): Promise<number> {
  await vi.waitFor(() => expect(idle()).toHaveLength(1), PATIENCE);
  return idle()[0]!;
}

describe('an idle process that is killed', () => {
  it('is taken out of the pool, and another takes its place', async () => {
    const killed = await oneIdle();
    process.kill(killed, 'SIGKILL');
    await vi.waitFor(() => expect(idle()).not.toContain(killed), PATIENCE);
    const next = await oneIdle();
    expect(next).not.toBe(killed);
    expect(isAlive(next)).toBe(true);
  });
});

describe('draining', () => {
  it('waits for no process that was never started', async () => {
    expect(pool.executors).toHaveLength(1);
    const started = pool.processes.length;
    pool.executors.push({ started: false });
    expect(pool.processes).toHaveLength(started);
    pool.executors.pop();
    await oneIdle();
  });
});
