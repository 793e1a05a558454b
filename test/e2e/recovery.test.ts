import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorker, type Worker } from '../../dev/stack/index.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../dev/webhook-receiver/index.js';
import { callAgent, greeted } from './support/call.js';
import { exits, jobProcesses } from './support/processes.js';
import { finished, letLeaseRunOut } from './support/records.js';
import { testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

/** Calls whose worker was killed together with them: nobody is left who saw them end. */

const SECRET = 'a-secret-of-a-test-that-is-long-enough';
const CALLS = 3;

let receiver: WebhookReceiver;
let stack: TestStack;
const workers: Worker[] = [];

beforeAll(async () => {
  receiver = await startWebhookReceiver({ secret: SECRET });
  stack = await testStack('dev');
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await stack.end();
  await receiver.stop();
});

/** The machine went down, and came back after longer than a lease counts. */
async function killEverythingLongAgo(callIds: readonly string[]): Promise<void> {
  const jobs = jobProcesses(stack.worker.pid);
  [stack.worker.pid, ...jobs].forEach((pid) => process.kill(pid, 'SIGKILL'));
  await exits(jobs);
  await Promise.all(callIds.map((callId) => letLeaseRunOut(stack, callId)));
}

function anotherWorker(): Promise<Worker> {
  return startWorker({
    mode: 'dev',
    livekit: stack.livekit,
    env: {
      AGENT_NAME: stack.agentName,
      ...stack.simulator.agentEnv,
      DATA_DIR: stack.dataDir,
      REPORT_WEBHOOK_URL: receiver.url,
      REPORT_WEBHOOK_SECRET: SECRET,
    },
  });
}

it('are finished and delivered exactly once by two workers that start at the same time', async () => {
  const callers = await Promise.all(Array.from({ length: CALLS }, () => callAgent(stack)));
  const callIds = await Promise.all(callers.map((caller) => greeted(caller)));
  await killEverythingLongAgo(callIds);
  await Promise.all(callers.map((caller) => caller.leave()));

  workers.push(...(await Promise.all([anotherWorker(), anotherWorker()])));

  for (const callId of callIds) {
    const { record } = await finished(stack, callId);
    expect(record).toMatchObject({ outcome: 'crashed', recovered: true });
  }
  const delivered = () => receiver.received.map(({ key }) => key).sort();
  await waitUntil(() => delivered().length >= CALLS, 'every call to be delivered');
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(delivered()).toEqual([...callIds].sort());
});
