import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callAgent, last, PATIENCE } from './support/call.js';
import { testStack, type TestStack } from './support/stack.js';
import {
  callThatTalks,
  cutModel,
  FIRST_ANSWER,
  journalWith,
  noticesIn,
} from './support/trouble.js';
import { waitUntil } from './support/wait.js';

let stack: TestStack;

beforeAll(async () => {
  stack = await testStack('start');
});
afterEach(() => stack.simulator.control.clearFaults());
afterAll(() => stack.end());

async function refuseConnections(): Promise<void> {
  await stack.simulator.control.addFault({ fault: 'reject-upgrade', on: 'every', status: 503 });
}

describe('a model that is away for longer than the caller likes to wait', () => {
  it('is excused by the agent’s own clip, and the conversation goes on', async () => {
    await using call = await callThatTalks(stack);
    const { caller, callId } = call;
    const outage = caller.agentVoice.mark();
    await stack.simulator.control.addFault({ fault: 'hang-upgrade', on: 'every' });
    await cutModel(stack);
    await caller.waitForAttribute('call.trouble', (word) => word === 'reconnecting', PATIENCE);
    await caller.agentVoice.waitForVoice({ ...PATIENCE, since: outage, heardMs: 1_000 });
    expect(caller.agentAttributes()['call.state']).toBe('recovering');
    await journalWith(stack, callId, 'notice');
    const back = caller.agentVoice.mark();
    await stack.simulator.control.clearFaults();
    await caller.agentVoice.waitForVoice({ ...PATIENCE, since: back });
    await caller.waitForAgentToFinish(PATIENCE);
    await waitUntil(
      () => caller.agentAttributes()['call.trouble'] === undefined,
      'the end of the trouble',
    );
    const answer = caller.agentVoice.mark();
    await caller.say(FIRST_ANSWER);
    await caller.agentVoice.waitForVoice({ ...PATIENCE, since: answer });
    await caller.leave();
    const journal = await journalWith(stack, callId, 'outcome');
    expect(noticesIn(journal)).toEqual(['oneMoment: whole']);
    expect(last(journal, 'outcome')).toMatchObject({ reason: 'caller-left' });
  });
});

describe('a model that is gone for good', () => {
  it('is told to the caller by a clip, and the room knows the outcome', async () => {
    await using call = await callThatTalks(stack, { interview: 'hr-screening-ru' });
    const { caller, callId } = call;
    const mark = caller.agentVoice.mark();
    await refuseConnections();
    await cutModel(stack);
    await caller.waitForAttribute('call.outcome', (word) => word === 'model-unavailable', PATIENCE);
    await caller.agentVoice.waitForVoice({ ...PATIENCE, since: mark, heardMs: 2_000 });
    await caller.waitForAgentToLeave(PATIENCE);
    expect(caller.agentAttributes()['call.trouble']).toBe('model-unavailable');
    const journal = await journalWith(stack, callId, 'outcome');
    expect(noticesIn(journal).at(-1)).toBe('lost: whole');
    expect(last(journal, 'outcome')).toMatchObject({ reason: 'model-unavailable' });
  });

  it('does not keep a caller who hangs up on the line', async () => {
    await using call = await callThatTalks(stack);
    const { caller, callId } = call;
    const mark = caller.agentVoice.mark();
    await refuseConnections();
    await cutModel(stack);
    await caller.waitForAttribute('call.outcome', (word) => word === 'model-unavailable', PATIENCE);
    await caller.agentVoice.waitForVoice({ ...PATIENCE, since: mark });
    await caller.leave();
    expect(noticesIn(await journalWith(stack, callId, 'outcome')).at(-1)).toBe('lost: cut');
  });
});

describe('a model that refuses the agent before its first word', () => {
  it('is told to a caller who is there already', async () => {
    await stack.simulator.control.addFault({
      fault: 'reject-upgrade',
      on: 'every',
      status: 401,
      code: 'invalid_api_key',
    });
    await using caller = await callAgent(stack);
    await caller.waitForAttribute('call.outcome', (word) => word === 'model-refused', PATIENCE);
    const callId = await caller.waitForAttribute('call.id', (id) => id !== '', PATIENCE);
    await caller.agentVoice.waitForVoice({
      ...PATIENCE,
      since: { atMs: 0, heardMs: 0 },
      heardMs: 2_000,
    });
    await caller.waitForAgentToLeave(PATIENCE);
    const journal = await journalWith(stack, callId, 'outcome');
    expect(noticesIn(journal)).toEqual(['lost: whole']);
    expect(last(journal, 'outcome')).toMatchObject({
      reason: 'model-refused',
      modelConnections: 1,
    });
  });
});
