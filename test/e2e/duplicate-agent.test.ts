import { randomUUID } from 'node:crypto';
import { AgentDispatchClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callAgent, journalOf, last, PATIENCE } from './support/call.js';
import { testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

/** LiveKit may dispatch a call twice when its server restarts; here it is asked to. */

let stack: TestStack;
beforeAll(async () => {
  stack = await testStack('start');
});
afterAll(() => stack.end());

async function dispatchInto(room: string): Promise<void> {
  const { url, apiKey, apiSecret } = stack.livekit;
  const dispatches = new AgentDispatchClient(url.replace('ws', 'http'), apiKey, apiSecret);
  await dispatches.createDispatch(room, stack.agentName);
}

const callOf = (agentIdentity: string): string => agentIdentity.replace('agent-', '');

async function hasEnded(agentIdentity: string): Promise<boolean> {
  return last(await journalOf(stack, callOf(agentIdentity)), 'outcome') !== undefined;
}

/** Waits for the outcome of the agents that have one; answers it, and who was heard. */
async function outcomeOf(agentIdentity: string) {
  const callId = callOf(agentIdentity);
  await waitUntil(() => hasEnded(agentIdentity), `the outcome of ${callId}`);
  const entries = await journalOf(stack, callId);
  return { outcome: last(entries, 'outcome'), said: last(entries, 'utterance') };
}

const LEFT = {
  outcome: {
    reason: 'worker-shutdown',
    detail: 'another agent of this name is already in the room',
  },
  said: undefined,
};

describe('a second agent in the room of a call', () => {
  it('leaves without a word, and the call goes on', async () => {
    const room = `twins-${randomUUID()}`;
    await using caller = await callAgent(stack, { room });
    await caller.waitForAttribute('call.state', (state) => state === 'greeting', PATIENCE);
    await dispatchInto(room);
    await waitUntil(() => caller.agentIdentities.length === 2, 'the second agent');
    const [first, second] = caller.agentIdentities;
    expect(await outcomeOf(second!)).toMatchObject(LEFT);
    expect(caller.agentAttributes()['call.outcome']).toBeUndefined();
    await caller.waitForAttribute('call.state', (state) => state === 'talking', PATIENCE);
    await caller.leave();
    expect(await outcomeOf(first!)).toMatchObject({ outcome: { reason: 'caller-left' } });
  });
});

describe('two agents that are sent at once', () => {
  it('do not both leave: one stays and greets the caller', async () => {
    const room = `twins-${randomUUID()}`;
    await using caller = await callAgent(stack, { room, agentName: 'nobody' });
    const before = caller.agentVoice.mark();
    await Promise.all([dispatchInto(room), dispatchInto(room)]);
    await waitUntil(() => caller.agentIdentities.length === 2, 'both agents');
    // The first may have greeted before the other one came.
    await caller.agentVoice.waitForVoice({ ...PATIENCE, since: before });
    const agents = caller.agentIdentities;
    await waitUntil(
      async () => (await Promise.all(agents.map(hasEnded))).includes(true),
      'one of them to leave',
    );
    await caller.leave();
    const outcomes = await Promise.all(agents.map(outcomeOf));
    expect(outcomes.map(({ outcome }) => outcome?.reason).sort()).toEqual([
      'caller-left',
      'worker-shutdown',
    ]);
  });
});
