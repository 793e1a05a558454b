import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { waitUntil } from '../../../dev/stack/deadline.js';
import {
  startProcess,
  type ProcessOptions,
  type SupervisedProcess,
} from '../../../dev/stack/process.js';
import { killAllProcesses } from '../../../dev/stack/process-registry.js';
import { isAlive } from './support/processes.js';
import { temporaryFolder } from './support/temporary-folder.js';

const TREE = fileURLToPath(new URL('fixtures/stubborn-tree.mjs', import.meta.url));
const SOON = { deadlineMs: 10_000, what: 'the line' };
/** For a process that obeys, however busy the machine is. */
const PATIENT = [{ signal: 'SIGTERM', waitMs: 10_000 }] as const;

async function startNode(args: string[], options: Partial<ProcessOptions> = {}) {
  const started = await startProcess({
    name: 'subject',
    command: process.execPath,
    args,
    stopSteps: [{ signal: 'SIGTERM', waitMs: 100 }],
    ...options,
  });
  onTestFinished(() => started.kill());
  return started;
}

async function pidsOf(tree: SupervisedProcess): Promise<number[]> {
  const line = await tree.waitForLine((next) => next.startsWith('['), SOON);
  return z.array(z.number()).length(2).parse(JSON.parse(line));
}

test('stop ends a process that ignores SIGTERM, and everything it has started', async () => {
  const tree = await startNode([TREE]);
  const pids = await pidsOf(tree);
  expect(pids.map(isAlive)).toEqual([true, true]);
  expect(await tree.stop()).toEqual({ code: null, signal: 'SIGKILL' });
  expect(pids.map(isAlive)).toEqual([false, false]);
});

test('a child that has outlived its parent is ended, too', async () => {
  const tree = await startNode([TREE]);
  const [parent = 0, child = 0] = await pidsOf(tree);
  process.kill(parent, 'SIGKILL');
  await tree.exited;
  expect(isAlive(child)).toBe(true);
  await tree.stop();
  expect(isAlive(child)).toBe(false);
});

test('a process that obeys is not killed, and stopping it twice is the same as once', async () => {
  const script = 'console.log("up"); setInterval(() => {}, 1000)';
  const obedient = await startNode(['-e', script], { stopSteps: PATIENT });
  await obedient.waitForLine((line) => line === 'up', SOON);
  const [first, second] = await Promise.all([obedient.stop(), obedient.stop()]);
  expect(first).toEqual({ code: null, signal: 'SIGTERM' });
  expect(second).toBe(first);
  expect(await obedient.stop()).toBe(first);
});

test('stop takes another signal', async () => {
  const script =
    'process.on("SIGINT", () => process.exit(7)); console.log("up"); setInterval(() => {}, 1000)';
  const subject = await startNode(['-e', script], { stopSteps: PATIENT });
  await subject.waitForLine((line) => line === 'up', SOON);
  expect(await subject.stop('SIGINT')).toEqual({ code: 7, signal: null });
});

test('steps are taken one after the other until one works', async () => {
  const script =
    'process.on("SIGTERM", () => {}); process.on("SIGINT", () => process.exit(3)); console.log("up"); setInterval(() => {}, 1000)';
  const stopSteps = [
    { signal: 'SIGTERM', waitMs: 50 },
    { signal: 'SIGINT', waitMs: 10_000 },
  ] as const;
  const subject = await startNode(['-e', script], { stopSteps });
  await subject.waitForLine((line) => line === 'up', SOON);
  expect(await subject.stop()).toEqual({ code: 3, signal: null });
});

test('killAllProcesses leaves nothing running', async () => {
  const trees = [await startNode([TREE]), await startNode([TREE])];
  const pids = (await Promise.all(trees.map(pidsOf))).flat();
  killAllProcesses();
  await waitUntil(() => !pids.some(isAlive), SOON);
  expect(pids.filter(isAlive)).toEqual([]);
});

test('waiting for a line fails with the last words of a process that ends first', async () => {
  const subject = await startNode(['-e', 'console.error("no such file"); process.exit(4)']);
  await expect(subject.waitForLine((line) => line === 'ready', SOON)).rejects.toThrow(
    /subject: ended before the line \(exit 4\)[^]*no such file/,
  );
});

test('waiting for a line fails at its deadline, with what was printed until then', async () => {
  const subject = await startNode(['-e', 'console.log("thinking"); setInterval(() => {}, 1000)']);
  await subject.waitForLine((line) => line === 'thinking', SOON);
  const never = subject.waitForLine((line) => line === 'ready', {
    deadlineMs: 1,
    what: 'the line',
  });
  await expect(never).rejects.toThrow(/the line did not happen within 0.001 s[^]*thinking/);
});

test('everything it prints is in the log file, errors too', async () => {
  const logFile = join(temporaryFolder(), 'logs/subject.log');
  const script = 'console.log("out"); console.error("err")';
  const subject = await startNode(['-e', script], { logFile });
  await subject.exited;
  await subject.stop();
  await waitUntil(() => readFileSync(logFile, 'utf8').length >= 8, {
    deadlineMs: 5000,
    what: 'it',
  });
  expect(readFileSync(logFile, 'utf8').split('\n').sort()).toEqual(['', 'err', 'out']);
});

test('a program that does not exist is refused with its name', async () => {
  const missing = startProcess({ name: 'the server', command: '/no/such/program' });
  await expect(missing).rejects.toThrow('the server cannot be started');
});

test('nothing is started for somebody who has given up', async () => {
  const given = startProcess({
    name: 'late',
    command: process.execPath,
    signal: AbortSignal.abort(new Error('given up')),
  });
  await expect(given).rejects.toThrow('given up');
});
