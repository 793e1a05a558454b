import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dialogue, last, PATIENCE } from './support/call.js';
import { testStack, type TestStack } from './support/stack.js';
import {
  callThatTalks,
  cutModel,
  FIRST_ANSWER,
  journalWith,
  noticesIn,
  SECOND_ANSWER,
} from './support/trouble.js';

let stack: TestStack;

beforeAll(async () => {
  stack = await testStack('start');
});
afterEach(() => stack.simulator.control.clearFaults());
afterAll(() => stack.end());

describe('a model that is cut off once', () => {
  it('answers the next question, and the caller was told nothing', async () => {
    await using call = await callThatTalks(stack);
    const { caller, callId } = call;
    await cutModel(stack);
    await journalWith(stack, callId, 'reconnected');
    const mark = caller.agentVoice.mark();
    await caller.say(FIRST_ANSWER);
    await caller.agentVoice.waitForVoice({ ...PATIENCE, since: mark });
    await caller.waitForAgentToFinish(PATIENCE);
    await caller.leave();
    const journal = await journalWith(stack, callId, 'outcome');
    expect(dialogue(journal).at(-1)).toMatch(/^agent: Thank you, Sam/);
    expect(noticesIn(journal)).toEqual([]);
    expect(last(journal, 'outcome')).toMatchObject({ reason: 'caller-left', modelConnections: 2 });
  });
});

describe('a model that is cut off in the middle of its answer', () => {
  it('is asked again by itself, and the caller hears the answer', async () => {
    await using call = await callThatTalks(stack);
    const { caller, callId } = call;
    await stack.simulator.control.addFault({
      fault: 'drop-in-response',
      on: 'current',
      afterAudioMs: 1_500,
      // The first one calls a tool, and has no sound.
      replies: 2,
    });
    await caller.say(FIRST_ANSWER);
    await caller.waitForTranscript(
      ({ speaker, text }) => speaker === 'agent' && text.includes('problem that you solved'),
      PATIENCE,
    );
    await caller.leave();
    const journal = await journalWith(stack, callId, 'outcome');
    expect(journal.filter(({ type }) => type === 'reply-lost')).toHaveLength(1);
  });
});

describe('a model that is cut off before it has written down what the caller said', () => {
  it('is asked by itself to have it repeated', async () => {
    await using call = await callThatTalks(stack);
    const { caller, callId } = call;
    await caller.say(FIRST_ANSWER);
    await caller.waitForTranscript(
      ({ text }) => text.includes('problem that you solved'),
      PATIENCE,
    );
    await caller.waitForAgentToFinish(PATIENCE);
    // In the simulator the text of what was said comes 250 ms after it, and the answer 50 ms after it.
    await stack.simulator.control.addFault({
      fault: 'drop-in-response',
      on: 'current',
      afterAudioMs: 100,
      replies: 1,
    });
    await caller.say(SECOND_ANSWER);
    await journalWith(stack, callId, 'reply-lost');
    await caller.agentVoice.waitForVoice({ ...PATIENCE, heardMs: 1_000 });
    const asked = await stack.simulator.control.events({ types: ['response.create'] });
    expect(JSON.stringify(asked.at(-1)?.event)).toContain('did not hear their last words');
    await caller.leave();
    await journalWith(stack, callId, 'outcome');
  });
});

describe('a model whose answer fails', () => {
  it('is asked again after a moment, and the caller hears the answer', async () => {
    await using call = await callThatTalks(stack);
    const { caller, callId } = call;
    await stack.simulator.control.addFault({
      fault: 'response-failed',
      on: 'current',
      type: 'rate_limit_exceeded',
      code: 'rate_limit_exceeded',
      replies: 1,
    });
    await caller.say(FIRST_ANSWER);
    await caller.waitForTranscript(
      ({ speaker, text }) => speaker === 'agent' && text.includes('problem that you solved'),
      PATIENCE,
    );
    await caller.leave();
    const lost = last(await journalWith(stack, callId, 'outcome'), 'reply-lost');
    expect(lost).toMatchObject({ againInMs: 1_000, cause: { category: 'rate-limit' } });
  });
});
