import { randomUUID } from 'node:crypto';
import { RoomAgentDispatch, RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cluster } from '../../dev/stack/index.js';
import {
  NO_CLUSTER,
  takeTurn,
  testCluster,
  type ClusterCall,
  type TestCluster,
} from './support/cluster.js';
import { PATIENCE } from './support/call.js';
import { finished } from './support/records.js';
import { callThatTalks } from './support/trouble.js';

type Node = Cluster['nodes'][number];

const INTERVIEW = { agentName: 'interviewer', metadata: '{"interview":"hr-screening-en"}' };
/** LiveKit's clients need some ten seconds; each attempt is longer than one. */
const ATTEMPTS = 8;

function nodeIdOf(node: Node): string {
  return /"nodeID":"(ND_\w+)"/.exec(node.output())![1]!;
}

/** A caller at one node, in a room that lives on another. */
async function callAcross(from: Node, roomOn: Node): Promise<ClusterCall> {
  const room = `test-${randomUUID()}`;
  const rooms = new RoomServiceClient(
    from.url.replace('ws:', 'http:'),
    from.apiKey,
    from.apiSecret,
  );
  const agents = [new RoomAgentDispatch(INTERVIEW)];
  await rooms.createRoom({ name: room, nodeId: nodeIdOf(roomOn), agents });
  const call = await callThatTalks({ livekit: from }, { room });
  const sessions = roomOn.output().split('\n');
  expect(sessions.some((line) => line.includes('participant active') && line.includes(room))).toBe(
    true,
  );
  return call;
}

/** Says something, again when nothing is heard, until the agent has ended the interview; how often it was heard. */
async function speakUntilGoodbye({ caller }: ClusterCall): Promise<number> {
  let heard = 0;
  for (let attempt = 1; caller.agentAttributes()['call.outcome'] === undefined; attempt += 1) {
    expect(attempt).toBeLessThanOrEqual(ATTEMPTS);
    const since = caller.agentVoice.mark();
    await caller.say('Hello are you still there?');
    const answer = caller.agentVoice.waitForVoice({ since, heardMs: 300, timeoutMs: 6_000 });
    heard += await answer.then(
      () => 1,
      () => 0,
    );
    await caller.waitForAgentToFinish(PATIENCE);
  }
  return heard;
}

describe.skipIf(NO_CLUSTER !== '')(`a LiveKit node that is killed ${NO_CLUSTER}`, () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await testCluster({ REJOIN_GRACE: '60s' });
    await cluster.startWorker(0);
  });
  afterAll(() => cluster.end());

  it('does not take along the calls in its rooms: they move to a node that caller and agent still reach', async () => {
    const [home, lost] = cluster.nodes;
    await using call = await callAcross(home!, lost!);
    const { caller, callId } = call;
    await takeTurn(call, 1);
    process.kill(lost!.pid!, 'SIGKILL');

    expect(await speakUntilGoodbye(call)).toBeGreaterThan(0);
    await caller.waitForAgentToLeave(PATIENCE);
    expect(caller.agentAttributes()).toMatchObject({
      'call.id': callId,
      'call.outcome': 'completed',
    });
    expect((await finished(cluster, callId)).record.outcome).toBe('completed');

    // New callers, through the node that is left, get an agent as before.
    await using next = await callThatTalks({ livekit: home! });
    await takeTurn(next, 1);
  });
});
