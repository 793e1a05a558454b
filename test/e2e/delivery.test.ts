import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWebhookReceiver, type WebhookReceiver } from '../../dev/webhook-receiver/index.js';
import { callAgent, greeted } from './support/call.js';
import { exits, jobProcesses } from './support/processes.js';
import { testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

const SECRET = 'a-secret-of-a-test-that-is-long-enough';

/** What the first request for each of some calls meets. */
const TROUBLES: readonly ((request: IncomingMessage, response: ServerResponse) => void)[] = [
  (_request, response) => response.writeHead(503).end(),
  (_request, response) => response.writeHead(500).end('<h1>Oops</h1>'.repeat(100_000)),
  (request) => request.socket.destroy(),
];

let receiver: WebhookReceiver;
let stack: TestStack;
/** Calls that were in trouble already. */
const met = new Set<unknown>();

beforeAll(async () => {
  receiver = await startWebhookReceiver({
    secret: SECRET,
    answer: (request, response) => {
      const callId = request.headers['idempotency-key'];
      const trouble = met.has(callId) ? undefined : TROUBLES[met.size];
      met.add(callId);
      if (trouble === undefined) {
        response.writeHead(200).end();
      } else {
        trouble(request, response);
      }
    },
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

it('what calls leave behind, killed ones too, arrives at the webhook, also when the first try fails', async () => {
  const callers = await Promise.all(TROUBLES.map(() => callAgent(stack)));
  const callIds = await Promise.all(callers.map((caller) => greeted(caller)));
  jobProcesses(stack.worker.pid).forEach((pid) => process.kill(pid, 'SIGKILL'));

  const state = (callId: string) =>
    readFile(join(stack.dataDir, 'calls', callId, 'delivery.json'), 'utf8').catch(() => '');
  for (const callId of callIds) {
    const isDelivered = async () => (await state(callId)).includes('"delivered"');
    await waitUntil(isDelivered, `the delivery of ${callId}`, 90_000);
  }
  await Promise.all(callers.map((caller) => caller.leave()));
  await exits(jobProcesses(stack.worker.pid));

  expect(receiver.refused).toEqual([]);
  for (const callId of callIds) {
    const mine = receiver.received.filter(({ key }) => key === callId);
    expect(mine.map(({ again }) => again)).toEqual([false, true]);
    const call = mine[1]?.files.find(({ name }) => name === 'call.json');
    expect(JSON.parse(new TextDecoder().decode(call?.bytes))).toMatchObject({
      callId,
      outcome: 'crashed',
      recovered: true,
    });
    expect(JSON.parse(await state(callId))).toMatchObject({
      webhook: { state: 'delivered', attempts: 2 },
    });
  }
});
