import { randomUUID } from 'node:crypto';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { Caller } from '../../dev/caller/index.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callAgent, dialogue, greeted, journalOf, last, PATIENCE } from './support/call.js';
import { testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

let stack: TestStack;

beforeAll(async () => {
  stack = await testStack('start', { MAX_CALLS: '2', CALLER_JOIN_TIMEOUT: '60s' });
});
// A place is free when the call's process is gone, and LiveKit learns of it with the next report of the load.
afterEach(async () => {
  await waitUntil(() => said('Job process shutdown') === said('job started'), 'every call to end');
  await waitUntil(() => said('at full capacity') === said('below capacity'), 'the next report');
});
afterAll(() => stack.end());

/** How often the worker has logged something. */
function said(text: string): number {
  return stack.worker.output().split(text).length - 1;
}

/** Waits for the journal's last word on how the call ended. */
async function outcomeOf(callId: string) {
  await waitUntil(
    async () => last(await journalOf(stack, callId), 'outcome') !== undefined,
    `the outcome of ${callId}`,
  );
  return last(await journalOf(stack, callId), 'outcome');
}

describe('a caller who leaves in mid-sentence', () => {
  it('ends the call as caller-left, and what was said until then is kept', async () => {
    await using caller = await callAgent(stack);
    const callId = await greeted(caller);
    const sentence = caller.say('Hi Ada, I am Sam and I have built payment systems for six years.');
    await waitUntil(
      async () =>
        (await journalOf(stack, callId)).some(
          (entry) => entry.type === 'user-state' && entry.state === 'speaking',
        ),
      'the agent to hear the caller',
    );
    await caller.leave();
    await sentence.catch(() => undefined);
    expect(await outcomeOf(callId)).toMatchObject({
      reason: 'caller-left',
      detail: 'client-initiated',
      modelConnections: 1,
    });
    expect(dialogue(await journalOf(stack, callId))[0]).toMatch(/^agent: Welcome! I am Ada/);
  });
});

describe('a caller who leaves during the greeting', () => {
  it('ends the call as caller-left', async () => {
    await using caller = await callAgent(stack);
    await caller.agentVoice.waitForVoice(PATIENCE);
    const callId = await caller.waitForAttribute('call.id', (id) => id !== '', PATIENCE);
    await caller.leave();
    expect(await outcomeOf(callId)).toMatchObject({ reason: 'caller-left' });
  });
});

describe('a room that is deleted', () => {
  it('ends the call as livekit-lost: the caller did not leave', async () => {
    const { url, apiKey, apiSecret } = stack.livekit;
    const room = `test-${randomUUID()}`;
    await using caller = await callAgent(stack, { room });
    const callId = await greeted(caller);
    await new RoomServiceClient(url.replace('ws', 'http'), apiKey, apiSecret).deleteRoom(room);
    expect(await outcomeOf(callId)).toMatchObject({
      reason: 'livekit-lost',
      detail: 'room-deleted',
    });
  });
});

describe('two calls at once', () => {
  it('stay apart: each has its language, its journal and its own model socket', async () => {
    const before = (await stack.simulator.control.connections()).length;
    await using english = await callAgent(stack);
    await using russian = await callAgent(stack, { interview: 'hr-screening-ru' });
    const ids = [await greeted(english), await greeted(russian)] as const;
    expect(ids[0]).not.toBe(ids[1]);
    const status = await stack.simulator.control.status();
    expect(status.open).toBe(2);
    await Promise.all([english.leave(), russian.leave()]);
    await Promise.all(ids.map(outcomeOf));
    const [inEnglish, inRussian] = [
      dialogue(await journalOf(stack, ids[0])).join('\n'),
      dialogue(await journalOf(stack, ids[1])).join('\n'),
    ];
    expect(inEnglish).toContain('Welcome! I am Ada');
    expect(inEnglish).not.toMatch(/\p{Script=Cyrillic}/u);
    expect(inRussian).toMatch(/\p{Script=Cyrillic}/u);
    expect(inRussian).not.toContain('Welcome');
    const connections = (await stack.simulator.control.connections()).slice(before);
    expect(connections.map(({ session }) => session?.language).sort()).toEqual(['en', 'ru']);
  });
});

describe('three callers at once, where two are allowed', () => {
  it('get two agents; the third has none, and the next gets one when a place is free', async () => {
    const ended = said('Job process shutdown');
    const callers = await Promise.all([callAgent(stack), callAgent(stack), callAgent(stack)]);
    await waitUntil(() => said('job rejected') === 1, 'the worker to reject one job');
    await waitUntil(() => served(callers).length === 2, 'two agents');
    const ids = await Promise.all(served(callers).map(greeted));
    await served(callers)[0]?.leave();
    await outcomeOf(ids[0]!);
    await waitUntil(() => said('Job process shutdown') > ended, 'the first process to end');
    await waitUntil(() => said('at full capacity') === said('below capacity'), 'the next report');
    await using next = await callAgent(stack);
    await greeted(next);
    expect(served(callers)).toHaveLength(2);
    await Promise.all(callers.map((caller) => caller.leave()));
  });
});

function served(callers: readonly Caller[]): Caller[] {
  return callers.filter(({ agentIdentities }) => agentIdentities.length > 0);
}
