import { initializeLogger, llm } from '@livekit/agents';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConversationMemory } from '../../../src/lifecycle/realtime/context-restore.js';
import { said, Supervised } from './support/supervised.js';

/** What the service says of the conversation that upstream cannot restore. */

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const send = (call: Supervised, event: object): void =>
  void call.simulator.faults.add({
    fault: 'malformed-frame',
    on: 'current',
    text: JSON.stringify(event),
  });

describe('a conversation', () => {
  it.each([{ transcript: null }, {}])('outlives a transcript that is none: %j', async (given) => {
    await using call = await Supervised.start();
    const session = await call.connected();
    await session.updateChatCtx(new llm.ChatContext([said('u1', 'user', 'My name is Ada.')]));
    const type = 'conversation.item.input_audio_transcription.completed';
    send(call, { type, event_id: 'e1', item_id: 'u1', content_index: 0, ...given });
    call.simulator.faults.add({ fault: 'drop', on: 'current', afterMs: 50 });
    await call.until(() => call.reconnected.length === 1 && !session.guard.reconnecting);
    expect(call.gaveUp).toEqual([]);
    expect(session.chatCtx.items.map(({ id }) => id)).toEqual(['u1']);
    expect(await call.reply()).toBe(24_000);
  });

  it('keeps what was said when the service confirms an item without its content', async () => {
    await using call = await Supervised.start();
    const session = await call.connected();
    await session.updateChatCtx(new llm.ChatContext([said('u1', 'user', 'My name is Ada.')]));
    const types = ['conversation.item.added', 'conversation.item.done'];
    call.simulator.faults.add({ fault: 'withhold-events', on: 'next', types });
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.heard('conversation.item.create') === 1 && call.attempts === 2);
    const item = { id: 'u1', type: 'message', role: 'user', content: null };
    send(call, { type: types[0], event_id: 'e1', previous_item_id: null, item });
    await call.until(() => !session.guard.reconnecting);
    call.simulator.faults.clear();
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.attempts === 3 && !session.guard.reconnecting);
    expect(session.chatCtx.items).toMatchObject([{ id: 'u1', content: ['My name is Ada.'] }]);
  });

  it('is restored without what is no content', () => {
    const memory = new ConversationMemory();
    const odd = said('u1', 'user', 'My name is Ada.');
    Reflect.apply(odd.content.push, odd.content, [null, '']); // As upstream takes them.
    memory.remember([odd]);
    expect(memory.toRestore().items).toMatchObject([{ content: ['My name is Ada.'] }]);
  });
});
