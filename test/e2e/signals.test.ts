import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../dev/caller/index.js';
import { startWebhookReceiver } from '../../dev/webhook-receiver/index.js';
import { callAgent, journalOf, last, PATIENCE } from './support/call.js';
import { exits, jobProcesses } from './support/processes.js';
import { testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

const SECRET = 'a-secret-of-a-test-that-is-long-enough';

let stack: TestStack | undefined;

afterEach(async () => {
  await stack?.end();
  stack = undefined;
});

/** A worker with one call, just greeted; the next idle process is only being started. */
async function workerWithCall(
  mode: 'dev' | 'start',
  env?: Readonly<Record<string, string>>,
): Promise<Running> {
  stack = await testStack(mode, env);
  const caller = await callAgent(stack);
  await caller.waitForAttribute('call.state', (state) => state === 'greeting', PATIENCE);
  const callId = await caller.waitForAttribute('call.id', (id) => id !== '', PATIENCE);
  return { ...stack, caller, callId, jobs: jobProcesses(stack.worker.pid) };
}

interface Running extends TestStack {
  readonly caller: Caller;
  readonly callId: string;
  readonly jobs: readonly number[];
}

/** Waits until nothing is left, and gives the outcome that was written down. */
async function ended({ worker, jobs, callId, ...running }: Running) {
  await worker.exited;
  await exits(jobs);
  const outcomes = (await journalOf(running, callId)).filter(({ type }) => type === 'outcome');
  expect(outcomes).toHaveLength(1);
  return last(await journalOf(running, callId), 'outcome');
}

function said({ worker }: Running, text: string): Promise<void> {
  return waitUntil(() => worker.output().includes(text), `the worker to say “${text}”`);
}

describe('SIGTERM twice in start', () => {
  it('first drains, also while an idle process starts; then closes the call', async () => {
    const running = await workerWithCall('start');
    const { worker, callId } = running;
    process.kill(worker.pid, 'SIGTERM');
    await said(running, 'draining worker');
    await said(running, 'Job process shutdown');
    expect(last(await journalOf(running, callId), 'outcome')).toBeUndefined();
    process.kill(worker.pid, 'SIGTERM');
    expect(await ended(running)).toMatchObject({ reason: 'worker-shutdown' });
  });
});

describe('SIGTERM in dev', () => {
  it('closes the call at once', async () => {
    const running = await workerWithCall('dev');
    process.kill(running.worker.pid, 'SIGTERM');
    expect(await ended(running)).toMatchObject({ reason: 'worker-shutdown' });
    expect((await running.worker.exited).code).toBe(143);
  });

  it('finishes the records of its last call, and delivers them, before it is gone', async () => {
    await using receiver = await startWebhookReceiver({ secret: SECRET });
    const running = await workerWithCall('dev', {
      REPORT_WEBHOOK_URL: receiver.url,
      REPORT_WEBHOOK_SECRET: SECRET,
    });
    process.kill(running.worker.pid, 'SIGTERM');
    await running.worker.exited;
    expect(receiver.received.map(({ key }) => key)).toEqual([running.callId]);
    const folder = join(running.dataDir, 'calls', running.callId);
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['call.json', 'delivery.json']));
  });
});

describe('a worker that is killed', () => {
  it('leaves calls that close by themselves, with complete records, and no process', async () => {
    const running = await workerWithCall('start');
    process.kill(running.worker.pid, 'SIGKILL');
    expect(await ended(running)).toMatchObject({
      reason: 'worker-shutdown',
      detail: 'the worker of this call is gone',
    });
  });
});

describe('idle processes that are all killed at once', () => {
  it('are replaced, and the next caller gets an agent', async () => {
    stack = await testStack('start');
    const { worker } = stack;
    const before = jobProcesses(worker.pid);
    before.forEach((pid) => process.kill(pid, 'SIGKILL'));
    await exits(before);
    await using caller = await callAgent(stack);
    await caller.waitForAttribute('call.state', (state) => state === 'greeting', PATIENCE);
  });
});
