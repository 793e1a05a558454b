import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebhookReceiver, type WebhookReceiver } from '../../dev/webhook-receiver/index.js';
import {
  finishInterview,
  holds,
  NO_CLUSTER,
  takeTurn,
  testCluster,
  type ClusterCall,
  type ClusterWorker,
  type TestCluster,
} from './support/cluster.js';
import { finished, letLeaseRunOut } from './support/records.js';
import { callThatTalks } from './support/trouble.js';
import { waitUntil } from './support/wait.js';

const SECRET = 'a-secret-of-a-test-that-is-long-enough';
const MAX_CALLS = 3;
const idsOf = (calls: readonly ClusterCall[]) => calls.map(({ callId }) => callId);

/*
 * Two LiveKit servers with a Redis, and a worker at each. The tests are one story: the second begins with what the first
 * has left.
 */
describe.skipIf(NO_CLUSTER !== '')(`several nodes and workers ${NO_CLUSTER}`, () => {
  let receiver: WebhookReceiver;
  let cluster: TestCluster;
  const workers: ClusterWorker[] = [];
  const calls: ClusterCall[] = [];

  beforeAll(async () => {
    receiver = await startWebhookReceiver({ secret: SECRET });
    cluster = await testCluster({
      MAX_CALLS: String(MAX_CALLS),
      REPORT_WEBHOOK_URL: receiver.url,
      REPORT_WEBHOOK_SECRET: SECRET,
    });
    workers.push(...(await Promise.all([cluster.startWorker(0), cluster.startWorker(1)])));
  });
  afterAll(async () => {
    await Promise.all(calls.map(({ caller }) => caller.leave()));
    await cluster.end();
    await receiver.stop();
  });

  /** One caller at each node at the same time, until both have heard the whole greeting. */
  async function oneCallerAtEachNode(): Promise<ClusterCall[]> {
    const two = await Promise.all(cluster.nodes.map((livekit) => callThatTalks({ livekit })));
    calls.push(...two);
    return two;
  }

  async function callsOf(worker: ClusterWorker): Promise<ClusterCall[]> {
    const held = await Promise.all(calls.map((call) => holds(cluster, worker, call)));
    return calls.filter((_call, index) => held[index]);
  }

  it('share the callers of both nodes, no worker above MAX_CALLS, and each caller hears the greeting', async () => {
    await oneCallerAtEachNode();
    // LiveKit knows a worker's load as it was up to 2.5 s ago; the greeting of the first two was longer.
    await oneCallerAtEachNode();
    const held = await Promise.all(workers.map(async (worker) => (await callsOf(worker)).length));
    expect(held[0]! + held[1]!).toBe(calls.length);
    expect(Math.min(...held)).toBeGreaterThan(0);
    expect(Math.max(...held)).toBeLessThanOrEqual(MAX_CALLS);
    for (const { caller } of calls) {
      expect(caller.agentVoice.heardMs).toBeGreaterThan(2_000);
      expect(caller.agentIdentities).toHaveLength(1);
    }
  });

  it('lose only the calls of a worker that is killed with them; those are recorded as crashed, once', async () => {
    const lost = await callsOf(workers[0]!);
    const kept = await callsOf(workers[1]!);
    await workers[0]!.stop('SIGKILL');
    await Promise.all(kept.map((call) => takeTurn(call, 1)));
    expect(idsOf(await callsOf(workers[1]!))).toEqual(idsOf(kept));

    await Promise.all(lost.map(({ callId }) => letLeaseRunOut(cluster, callId)));
    workers.push(await cluster.startWorker(0));
    for (const { callId, caller } of lost) {
      const { record } = await finished(cluster, callId);
      expect(record).toMatchObject({ outcome: 'crashed', recovered: true });
      await caller.leave();
    }
  });

  it('lose no call in a rolling deploy: the old worker keeps its own to their end, the new one has the new', async () => {
    const [, old, fresh] = workers;
    const kept = await callsOf(old!);
    const before = calls.filter((call) => !kept.includes(call));
    process.kill(old!.pid, 'SIGTERM');
    await waitUntil(async () => !(await old!.isReady()), 'the old worker to take no more calls');

    const [late] = await Promise.all([
      oneCallerAtEachNode(),
      Promise.all(kept.map((call) => takeTurn(call, 2))),
    ]);
    expect(idsOf(await callsOf(fresh!))).toEqual(idsOf(late));
    expect(await Promise.all(kept.map(finishInterview))).toEqual(kept.map(() => 'completed'));
    expect((await old!.exited).code).toBe(143);

    await Promise.all(
      late.map(async (call) => {
        await takeTurn(call, 1);
        await takeTurn(call, 2);
        expect(await finishInterview(call)).toBe('completed');
      }),
    );
    for (const call of calls) {
      const { record } = await finished(cluster, call.callId);
      expect(record.outcome).toBe(before.includes(call) ? 'crashed' : 'completed');
    }
    const delivered = () => receiver.received.map(({ key }) => key).sort();
    await waitUntil(() => delivered().length >= calls.length, 'every record to be delivered');
    expect(delivered()).toEqual(idsOf(calls).sort());
  });
});
