import { initializeLogger, llm, voice } from '@livekit/agents';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Scenario } from '../../../dev/realtime-simulator/index.js';
import { createSession } from '../../../src/lifecycle/create-session.js';
import { deferred } from '../../../src/lifecycle/deferred.js';
import { impatient, Supervised } from './support/supervised.js';

/** A tool that is called, and a connection that goes at the worst moment: it runs once, and the model learns of it. */

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const scenario: Scenario = {
  language: 'en',
  voice: 'slt',
  greeting: 'Hello.',
  turns: [
    {
      hears: 'What is my balance?',
      calls: { name: 'balance', arguments: { account: 'savings' } },
      says: 'You have {output.amount} crowns.',
      interrupt: false,
    },
  ],
  fallback: 'Goodbye.',
};

/** A conversation in which the model calls a tool that takes until `answer` is resolved. */
async function askedForBalance(call: Supervised) {
  const called: string[] = [];
  const answer = deferred<undefined>();
  const balance = llm.tool({
    name: 'balance',
    description: 'Tells the balance of an account.',
    parameters: z.object({ account: z.string() }),
    execute: async ({ account }) => {
      called.push(account);
      await answer.promise;
      return { amount: 42 };
    },
  });
  const session = createSession(
    { model: {}, maxModelSessionMs: 60_000, session: {} },
    call.model,
    undefined,
  );
  call.begin();
  const agent = new voice.Agent({ instructions: 'Be brief.', tools: [balance] });
  await session.start({ agent, record: false });
  await call.connected();
  const spoken: string[] = [];
  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type === 'message' && item.role === 'assistant') {
      spoken.push(item.textContent ?? '');
    }
  });
  const reply = session.generateReply({ userInput: 'What is my balance?' });
  return { session, called, answer, spoken, reply };
}

const outputs = (call: Supervised) =>
  call.simulator
    .events({ types: ['conversation.item.create'] })
    .filter(({ event }) => JSON.stringify(event).includes('function_call_output'));

describe('a tool', () => {
  it('that runs while the connection is lost runs once, and is answered on the next connection', async () => {
    await using call = await Supervised.start(impatient, 'sk-test', { scenarios: [scenario] });
    const { session, called, answer, spoken } = await askedForBalance(call);
    await call.until(() => called.length === 1);
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.reconnected.length === 1);
    answer.resolve(undefined);
    await call.until(() => spoken.length === 1);
    expect(spoken).toEqual(['You have 42 crowns.']);
    expect(called).toEqual(['savings']);
    await session.close();
  });

  it('that is done while there is no connection is answered on the next one', async () => {
    await using call = await Supervised.start(impatient, 'sk-test', { scenarios: [scenario] });
    const { session, called, answer, spoken } = await askedForBalance(call);
    await call.until(() => called.length === 1);
    call.simulator.faults.add({ fault: 'slow-handshake', delayMs: 150 });
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.open === 0);
    answer.resolve(undefined);
    await call.until(() => spoken.length === 1);
    expect(spoken).toEqual(['You have 42 crowns.']);
    expect(called).toEqual(['savings']);
    await session.close();
  });

  it('whose output is lost on the way is not called again: the output is sent again', async () => {
    await using call = await Supervised.start(impatient, 'sk-test', { scenarios: [scenario] });
    const { session, called, answer, spoken } = await askedForBalance(call);
    await call.until(() => called.length === 1);
    call.simulator.faults.add({
      fault: 'overlook-events',
      on: 'current',
      types: ['conversation.item.create'],
    });
    answer.resolve(undefined);
    await call.until(() => outputs(call).length === 1);
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => spoken.length === 1);
    expect(spoken).toEqual(['You have 42 crowns.']);
    expect(called).toEqual(['savings']);
    await session.close();
  });

  it('is restored with the arguments that the model gave it', async () => {
    await using call = await Supervised.start(impatient, 'sk-test', { scenarios: [scenario] });
    const { session, called, answer, spoken } = await askedForBalance(call);
    await call.until(() => called.length === 1);
    answer.resolve(undefined);
    await call.until(() => spoken.length === 1);
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.heard('conversation.item.create') >= 4);
    const restored = call.simulator.events({ connection: call.simulator.connections().at(-1)!.id });
    expect(JSON.stringify(restored)).toContain(String.raw`{\"account\":\"savings\"}`);
    await session.close();
  });
});
