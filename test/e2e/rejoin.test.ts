import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callAgent, dialogue, greeted, journalOf, last, PATIENCE } from './support/call.js';
import { testStack, type TestStack } from './support/stack.js';
import { callThatTalks, FIRST_ANSWER, journalWith, SECOND_ANSWER } from './support/trouble.js';
import { waitUntil } from './support/wait.js';

/** Longer than a second join takes. */
const LONG_SENTENCE =
  'Hi Ada, I am Sam and I have built payment systems for six years in three different companies.';
const GREETING = /^agent: Welcome! I am Ada/;
const THANKS = /^agent: Thank you, Sam\. Please tell me/;

let stack: TestStack;

beforeAll(async () => {
  stack = await testStack('start', { REJOIN_GRACE: '4s' });
});
afterAll(() => stack.end());

/** A caller who can come back: their room and their identity. */
function somebody() {
  return { room: `test-${randomUUID()}`, identity: `caller-${randomUUID()}` };
}

/** How many model connections were opened since `before`. */
async function openedSince(before: number): Promise<number> {
  return (await stack.simulator.control.connections()).length - before;
}

describe('a caller who is away for a moment', () => {
  it('comes back to the same call and the same model session, is welcomed, and goes on', async () => {
    const who = somebody();
    const before = (await stack.simulator.control.connections()).length;
    const { caller, callId } = await callThatTalks(stack, who);
    await caller.say(FIRST_ANSWER);
    await waitUntil(async () => dialogue(await journalOf(stack, callId)).length === 3, 'an answer');
    await caller.leave();
    await journalWith(stack, callId, 'caller-away');

    await using again = await callAgent(stack, who);
    expect(await greeted(again)).toBe(callId);
    await again.waitForAgentToFinish(PATIENCE);
    const lines = dialogue(await journalOf(stack, callId));
    expect(lines.filter((line) => THANKS.test(line))).toHaveLength(2);
    await again.say(SECOND_ANSWER);
    await again.waitForTranscript(
      ({ speaker, text }) => speaker === 'agent' && text.startsWith('That is a good answer'),
      PATIENCE,
    );
    expect(await openedSince(before)).toBe(1);
    expect(again.agentIdentities).toHaveLength(1);

    await again.leave();
    const journal = await journalWith(stack, callId, 'outcome');
    expect(last(journal, 'outcome')).toMatchObject({ reason: 'caller-left', modelConnections: 1 });
    expect(journal.filter(({ type }) => type === 'caller-away')).toHaveLength(2);
    expect(journal.filter(({ type }) => type === 'caller-back')).toHaveLength(1);
  });

  it('is seen when the page is loaded anew before its past is cleared away, in mid-sentence', async () => {
    const who = somebody();
    const { caller, callId } = await callThatTalks(stack, who);
    const sentence = caller.say(LONG_SENTENCE);
    await waitUntil(
      async () => last(await journalOf(stack, callId), 'user-state')?.state === 'speaking',
      'the agent to hear the caller',
    );
    await using again = await callAgent(stack, who);
    await sentence.catch(() => undefined);
    expect(await greeted(again)).toBe(callId);
    await again.waitForAgentToFinish(PATIENCE);
    // The half sentence was no turn: the question that was asked is asked again.
    const lines = dialogue(await journalOf(stack, callId));
    expect(lines.filter((line) => GREETING.test(line))).toHaveLength(2);
    await again.say(FIRST_ANSWER);
    await waitUntil(
      async () => dialogue(await journalOf(stack, callId)).some((line) => THANKS.test(line)),
      'the answer',
    );
    const journal = await journalOf(stack, callId);
    expect(journal.filter(({ type }) => type === 'caller-back')).toHaveLength(1);
    await caller.leave();
  });

  it('hears the greeting when they left during it', async () => {
    const who = somebody();
    const caller = await callAgent(stack, who);
    await caller.agentVoice.waitForVoice(PATIENCE);
    const callId = await caller.waitForAttribute('call.id', (id) => id !== '', PATIENCE);
    await caller.leave();
    await journalWith(stack, callId, 'caller-away');
    await using again = await callAgent(stack, who);
    expect(await greeted(again)).toBe(callId);
    await again.waitForAgentToFinish(PATIENCE);
    expect(dialogue(await journalOf(stack, callId)).at(-1)).toMatch(/introduce yourself\.$/);
  });
});

describe('a caller who stays away', () => {
  it('ends the call as caller-left when the grace is over, and nothing is said to nobody', async () => {
    const { caller, callId } = await callThatTalks(stack, somebody());
    await caller.say(FIRST_ANSWER);
    await caller.leave();
    await journalWith(stack, callId, 'outcome');
    const journal = await journalOf(stack, callId);
    expect(last(journal, 'outcome')).toMatchObject({
      reason: 'caller-left',
      detail: 'client-initiated',
    });
    const away = journal.findIndex(({ type }) => type === 'caller-away');
    expect(away).toBeGreaterThan(0);
    expect(dialogue(journal.slice(away)).filter((line) => line.startsWith('agent'))).toEqual([]);
  });
});
