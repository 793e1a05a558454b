import { initializeLogger, llm } from '@livekit/agents';
import { beforeAll, describe, expect, it } from 'vitest';
import { Supervised } from './support/supervised.js';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

async function samplesOf(reply: llm.GenerationCreatedEvent): Promise<number> {
  let samples = 0;
  for await (const message of reply.messageStream) {
    for await (const frame of message.audioStream) {
      samples += frame.samplesPerChannel;
    }
  }
  return samples;
}

const asked = (call: Supervised): number =>
  call.simulator.events({ types: ['response.create'] }).length;

/** Asks for the greeting ahead, and resolves when all that comes of it has arrived. */
async function askedAhead(call: Supervised): Promise<void> {
  const done = new Promise<void>((resolve) => {
    call.session.on('openai_server_event_received', (event: { type: string }) => {
      if (event.type === 'response.done') {
        resolve();
      }
    });
  });
  call.session.replyAhead('You are brief.', 'Greet.');
  await done;
}

describe('a reply that is asked for before anybody can hear it', () => {
  it('is asked for under the agent’s instructions as soon as there is a connection, and once', async () => {
    await using call = await Supervised.start();
    await askedAhead(call);
    const [create] = call.simulator.events({ types: ['response.create'] });
    expect(create?.event).toMatchObject({ response: { instructions: 'You are brief.\nGreet.' } });
    const greeting = await call.session.generateReply('Greet.');
    expect(await samplesOf(greeting)).toBe(24_000);
    expect(asked(call)).toBe(1);
  });

  it('is given out once: whoever asks again is answered anew', async () => {
    await using call = await Supervised.start();
    call.session.replyAhead('You are brief.', 'Greet.');
    const first = await call.session.generateReply('Greet.');
    await samplesOf(first);
    const second = await call.session.generateReply('Greet.');
    expect(second.responseId).not.toBe(first.responseId);
    expect(asked(call)).toBe(2);
  });

  it('is asked for by the time that is waited for, before the service has answered', async () => {
    await using call = await Supervised.start();
    call.simulator.faults.add({ fault: 'response-never-starts', on: 'next' });
    call.session.replyAhead('You are brief.', 'Greet.');
    await call.session.guard.ahead.untilAsked(20_000);
    await call.until(() => asked(call) === 1);
  });

  it('is not waited for when it cannot be asked for, or for longer than was agreed', async () => {
    await using call = await Supervised.start();
    call.simulator.faults.add({ fault: 'reject-upgrade', on: 'every', status: 401 });
    call.session.replyAhead('You are brief.', 'Greet.');
    await call.session.guard.ahead.untilAsked(60_000);
    expect(asked(call)).toBe(0);
    await using slow = await Supervised.start();
    slow.simulator.faults.add({ fault: 'hang-upgrade', on: 'every' });
    slow.session.replyAhead('You are brief.', 'Greet.');
    await slow.session.guard.ahead.untilAsked(10);
    expect(asked(slow)).toBe(0);
  });

  it('stays in the conversation of a session that starts when all of it is here, until it was heard or is dropped', async () => {
    await using call = await Supervised.start();
    await askedAhead(call);
    const [greeting] = call.session.chatCtx.items;
    await call.session.updateChatCtx(llm.ChatContext.empty());
    expect(call.session.chatCtx.items).toEqual([greeting]);
    await samplesOf(await call.session.generateReply('Greet.'));
    await call.session.updateChatCtx(llm.ChatContext.empty());
    expect(call.session.chatCtx.items).toEqual([]);
  });

  it('is nobody else’s answer', async () => {
    await using call = await Supervised.start();
    await askedAhead(call);
    await samplesOf(await call.session.generateReply('Say what time it is.'));
    expect(asked(call)).toBe(2);
  });

  it('is asked for again when the connection went in the middle of it, and no half of it is kept', async () => {
    await using call = await Supervised.start();
    call.simulator.faults.add({ fault: 'drop-in-response', afterAudioMs: 200 });
    call.session.replyAhead('You are brief.', 'Greet.');
    await call.until(() => call.reconnected.length === 1);
    const greeting = await call.session.generateReply('Greet.');
    expect(await samplesOf(greeting)).toBe(24_000);
    expect(call.session.chatCtx.items).toHaveLength(1);
  });

  it('outlives a connection that is lost when all of it is here', async () => {
    await using call = await Supervised.start();
    await askedAhead(call);
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.reconnected.length === 1);
    const greeting = await call.session.generateReply('Greet.');
    expect(await samplesOf(greeting)).toBe(24_000);
    expect(asked(call)).toBe(1);
  });

  it('is asked for again, and taken out of the conversation, when the service broke it off', async () => {
    await using call = await Supervised.start();
    call.simulator.faults.add({ fault: 'response-incomplete', afterAudioMs: 200, replies: 1 });
    await askedAhead(call);
    const greeting = await call.session.generateReply('Greet.');
    expect(await samplesOf(greeting)).toBe(24_000);
    expect(asked(call)).toBe(2);
    await call.until(() => call.session.chatCtx.items.length === 1);
  });

  it('takes its question back when whoever wanted it does not want it any more', async () => {
    await using call = await Supervised.start();
    call.simulator.faults.add({ fault: 'response-never-starts', replies: 1 });
    call.session.replyAhead('You are brief.', 'Greet.');
    await call.until(() => asked(call) === 1);
    const abort = new AbortController();
    const greeting = call.session.generateReply('Greet.', { signal: abort.signal });
    abort.abort();
    await expect(greeting).rejects.toThrow(/abort/);
  });

  it('fails nobody when the session is closed before it was wanted', async () => {
    await using call = await Supervised.start();
    call.simulator.faults.add({ fault: 'hang-upgrade' });
    call.session.replyAhead('You are brief.', 'Greet.');
    await call.model.close();
    await expect(call.session.generateReply('Greet.')).rejects.toThrow();
  });
});
