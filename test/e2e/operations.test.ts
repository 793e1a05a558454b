import { afterAll, beforeAll, expect, it } from 'vitest';
import { freeTcpPort } from '../../dev/stack/ports.js';
import { callAgent, greeted, PATIENCE } from './support/call.js';
import { startCollector, type Collector } from '../telemetry/support/collector.js';
import { jobProcesses } from './support/processes.js';
import { testStack, type TestStack } from './support/stack.js';
import { callThatTalks, FIRST_ANSWER } from './support/trouble.js';
import { waitUntil } from './support/wait.js';

let stack: TestStack;
let address: string;
let collector: Collector;

beforeAll(async () => {
  const port = await freeTcpPort();
  address = `http://127.0.0.1:${port}`;
  collector = await startCollector();
  stack = await testStack('start', {
    OPS_PORT: String(port),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
});
afterAll(async () => {
  await stack.end();
  await collector[Symbol.asyncDispose]();
});

/** The value of a metric, with its labels as they are written; 0 when there is none. */
async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`steadfast_${name} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}

function status(path: string): Promise<number | undefined> {
  return fetch(`${address}${path}`).then(
    async (response) => {
      await response.body?.cancel();
      return response.status;
    },
    () => undefined,
  );
}

it('an operator sees what the calls of a worker do', async () => {
  let called: string;
  {
    await using call = await callThatTalks(stack);
    const { caller, callId } = call;
    called = callId;
    expect(await metric('calls_active')).toBe(1);
    const mark = caller.agentVoice.mark();
    await caller.say(FIRST_ANSWER);
    await caller.agentVoice.waitForVoice({ ...PATIENCE, since: mark });
    await waitUntil(
      async () => (await metric('call_resident_memory_bytes_max')) > 50e6,
      'the memory of the call',
    );
  }
  await waitUntil(
    async () => (await metric('calls_total{outcome="caller-left"}')) === 1,
    'the end of the call to be counted',
  );
  expect(await metric('first_word_seconds_count')).toBe(1);
  expect(await metric('turn_latency_seconds_count')).toBe(1);
  expect(await metric('model_connections_total')).toBe(1);
  expect(await metric('cost_estimate_usd_total')).toBeGreaterThan(0);

  const rootOf = () => collector.spans().find(({ attributes }) => attributes['call.id'] === called);
  await waitUntil(() => rootOf() !== undefined, 'the trace of the call');
  const root = rootOf();
  const within = collector.spans().filter(({ traceId }) => traceId === root?.traceId);
  expect(root?.attributes).toMatchObject({
    'call.interview': 'hr-screening-en',
    'call.outcome': 'caller-left',
  });
  expect(within.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['starting', 'greeting', 'talking', 'first word', 'turn', 'closing']),
  );
  expect(collector.sent()).not.toMatch(/Sam|Ada|payment/);
});

it('a call whose process is killed is counted as crashed', async () => {
  const before = new Set(jobProcesses(stack.worker.pid));
  await using caller = await callAgent(stack);
  await greeted(caller);
  for (const pid of before) {
    process.kill(pid, 'SIGKILL');
  }
  await waitUntil(
    async () => (await metric('calls_total{outcome="crashed"}')) === 1,
    'the crash to be counted',
  );
});

it('a worker that is told to stop is alive, and not ready', async () => {
  await waitUntil(async () => (await status('/ready')) === 200, 'the worker to be ready');
  await using caller = await callAgent(stack);
  await greeted(caller);
  process.kill(stack.worker.pid, 'SIGTERM');
  await waitUntil(async () => (await status('/ready')) === 503, 'the worker to be ready no more');
  expect(await status('/live')).toBe(200);
  expect(await metric('worker_draining')).toBe(1);
  await caller.leave();
  expect((await stack.worker.exited).code).toBe(143);
});
