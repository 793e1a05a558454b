import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, expect, it } from 'vitest';
import { Duplicates } from '../../../src/lifecycle/realtime/duplicates.js';
import type { ServerEvent } from '../../../src/lifecycle/realtime/server-event.js';
import { Supervised } from './support/supervised.js';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

describe('a service that repeats itself', () => {
  it.each([
    ['response.created', 'response.done'],
    ['response.output_item.added', 'conversation.item.added', 'conversation.item.done'],
    ['response.content_part.added', 'response.output_audio.done'],
    ['response.output_audio.delta'],
  ])('hears a reply once of a service that says %s twice', async (...types) => {
    await using call = await Supervised.start();
    await call.connected();
    call.simulator.faults.add({ fault: 'duplicate-events', on: 'current', types });
    expect(await call.reply()).toBe(24_000);
    expect(await call.reply()).toBe(24_000);
    expect(call.errors).toEqual([]);
    expect(call.attempts).toBe(1);
  });
});

describe('Duplicates', () => {
  const has = (duplicates: Duplicates, event: ServerEvent & Record<string, unknown>): boolean =>
    duplicates.has(event, JSON.stringify(event));
  const begins = { type: 'response.created', event_id: 'a', response: { id: 'r1' } };

  it('finds the same beginning again, also later and under another id', () => {
    const duplicates = new Duplicates();
    expect(has(duplicates, begins)).toBe(false);
    expect(has(duplicates, { type: 'session.updated' })).toBe(false);
    expect(has(duplicates, { ...begins, event_id: 'b' })).toBe(true);
  });

  it('finds one call of a tool under two names', () => {
    const duplicates = new Duplicates();
    const item = { id: 'f1', type: 'function_call', call_id: 'c1' };
    const call = { type: 'response.output_item.done', response_id: 'r1', item };
    expect(has(duplicates, call)).toBe(false);
    expect(has(duplicates, { ...call, item: { ...item, id: 'f2' } })).toBe(true);
    expect(has(duplicates, { ...call, item: { ...item, call_id: 'c2' } })).toBe(false);
  });

  it('lets a reply begin under the id of one that has ended, when one is expected', () => {
    const duplicates = new Duplicates();
    const ends = { type: 'response.done', response: { id: 'r1' } };
    has(duplicates, begins);
    duplicates.replyExpected();
    expect(has(duplicates, begins)).toBe(true);
    has(duplicates, ends);
    expect(has(duplicates, begins)).toBe(true);
    duplicates.replyExpected();
    expect(has(duplicates, { ...begins, event_id: 'b' })).toBe(false);
  });

  it('takes no two pieces of a reply for one', () => {
    const duplicates = new Duplicates();
    const piece = { type: 'response.output_audio.delta', response_id: 'r1', delta: 'AAAA' };
    expect(has(duplicates, { ...piece, event_id: 'a' })).toBe(false);
    expect(has(duplicates, { ...piece, event_id: 'b' })).toBe(false);
  });

  it('takes nothing for a repetition that has no id', () => {
    const duplicates = new Duplicates();
    const speech = { type: 'input_audio_buffer.speech_started' };
    expect(has(duplicates, speech)).toBe(false);
    expect(has(duplicates, speech)).toBe(false);
  });
});
