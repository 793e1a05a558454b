import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { waitUntil } from '../../../dev/stack/deadline.js';
import { isAlive } from './support/processes.js';

// A process run by tsx, and the two seconds that the watchdog gives it.
vi.setConfig({ testTimeout: 30_000 });
const OWNER = fileURLToPath(new URL('fixtures/owner.ts', import.meta.url));

/** Starts a process that has started another one. */
async function startOwner(...args: string[]) {
  const owner = spawn(process.execPath, ['--import', 'tsx', OWNER, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void owner.kill('SIGKILL'));
  const line = await new Promise<string>((resolve) => {
    createInterface(owner.stdout).once('line', resolve);
  });
  return { owner, sleeper: Number(line) };
}

function untilDead(pid: number): Promise<void> {
  return waitUntil(() => !isAlive(pid), { deadlineMs: 10_000, what: 'its end' });
}

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'what a process has started does not outlive it when it dies of %s',
  async (signal) => {
    const { owner, sleeper } = await startOwner();
    expect(isAlive(sleeper)).toBe(true);
    owner.kill(signal);
    await once(owner, 'exit');
    await untilDead(sleeper);
  },
);

test('nor when it exits by itself', async () => {
  const { sleeper } = await startOwner('exit');
  await untilDead(sleeper);
});
