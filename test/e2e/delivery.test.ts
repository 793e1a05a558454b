import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWebhookReceiver, type WebhookReceiver } from '../../dev/webhook-receiver/index.js';
import { callAgent, greeted } from './support/call.js';
import { exits, jobProcesses } from './support/processes.js';
import { testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

const SECRET = 'a-secret-of-a-test-that-is-long-enough';

let receiver: WebhookReceiver;
let stack: TestStack;
/** The first request of all finds the receiver in trouble. */
const answers = [503];

beforeAll(async () => {
  receiver = await startWebhookReceiver({
    secret: SECRET,
    answer: (_request, response) => response.writeHead(answers.shift() ?? 200).end(),
  });
  stack = await testStack('dev', {
    REPORT_WEBHOOK_URL: receiver.url,
    REPORT_WEBHOOK_SECRET: SECRET,
  });
});
afterAll(async () => {
  await stack.end();
  await receiver.stop();
});

it('what a call leaves behind, killed or not, arrives at the webhook, also when the first try fails', async () => {
  const caller = await callAgent(stack);
  const callId = await greeted(caller);
  const [pid] = jobProcesses(stack.worker.pid);
  process.kill(pid!, 'SIGKILL');

  const state = async () => {
    const file = join(stack.dataDir, 'calls', callId, 'delivery.json');
    return readFile(file, 'utf8').catch(() => '');
  };
  await waitUntil(async () => (await state()).includes('"delivered"'), 'the delivery', 90_000);
  await caller.leave();
  await exits(jobProcesses(stack.worker.pid));

  expect(receiver.refused).toEqual([]);
  expect(receiver.received.map(({ key, again }) => [key, again])).toEqual([
    [callId, false],
    [callId, true],
  ]);
  const call = receiver.received[1]?.files.find(({ name }) => name === 'call.json');
  expect(JSON.parse(new TextDecoder().decode(call?.bytes))).toMatchObject({
    callId,
    outcome: 'crashed',
    recovered: true,
  });
  expect(JSON.parse(await state())).toMatchObject({
    webhook: { state: 'delivered', attempts: 2 },
  });
});
