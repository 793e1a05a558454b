import { describe, expect, it } from 'vitest';
import { Repairs } from '../../../src/lifecycle/realtime/repairs.js';

function repaired(event: { type: string } & Record<string, unknown>): unknown {
  return JSON.parse(new Repairs().of(event, JSON.stringify(event)));
}
const item = { id: 'i', type: 'message', role: 'user' };
const call = { id: 'f', type: 'function_call', name: 'now', call_id: 'c', status: 'completed' };

describe('Repairs', () => {
  it.each([{ transcript: null }, { transcript: 7 }, {}])('has a transcript for %j', (given) => {
    const type = 'conversation.item.input_audio_transcription.completed';
    expect(repaired({ type, item_id: 'u1', content_index: 0, ...given })).toMatchObject({
      ...{ type, item_id: 'u1', content_index: 0, transcript: '' },
    });
  });

  it.each([
    [null, []],
    [undefined, []],
    [[null, { type: 'input_text', text: 'Ada' }], [{ type: 'input_text', text: 'Ada' }]],
    [[{ type: 'input_text', text: null }], []],
  ])('makes of a message with %j one with %j', (given, content) => {
    const event = { type: 'conversation.item.added', previous_item_id: null };
    expect(repaired({ ...event, item: { ...item, content: given } })).toEqual({
      ...event,
      item: { ...item, content },
    });
  });

  it.each(['', null, undefined])(
    'gives a tool without parameters its arguments for %j',
    (given) => {
      const type = 'response.output_item.done';
      const args = { arguments: given };
      expect(repaired({ type, item: { ...call, ...args } })).toMatchObject({
        item: { ...call, arguments: '{}' },
      });
      const cutOff = { ...call, ...args, status: 'incomplete' };
      expect(repaired({ type, item: cutOff })).not.toMatchObject({ item: { arguments: '{}' } });
    },
  );

  it.each([{ message: null }, { message: { deep: 1 } }, {}])(
    'has words for an error: %j',
    (given) => {
      const error = { type: 'rate_limit_error', event_id: 'e1', ...given };
      expect(repaired({ type: 'error', error })).toMatchObject({
        error: { event_id: 'e1', message: 'rate_limit_error' },
      });
      expect(repaired({ type: 'error', error: null })).toMatchObject({
        error: { message: 'an error without a description' },
      });
    },
  );

  it.each(['error', 'response.done', 'conversation.item.input_audio_transcription.failed'])(
    'tells nobody a key at the beginning of a line, in %s',
    (type) => {
      const message = 'Bad key:\nsk-proj-abcdef123456, \u0001sk-abcdef';
      const error = { message };
      const event = repaired({ type, error, response: { status_details: { error } } });
      expect(JSON.stringify(event)).not.toContain('abcdef');
    },
  );

  it('leaves alone what is as it should be', () => {
    const frame = ' {"type": "conversation.item.added"} ';
    const content = [{ type: 'input_audio', transcript: null }];
    const event = { type: 'conversation.item.added', item: { ...item, content } };
    expect(new Repairs().of(event, frame)).toBe(frame);
  });
});
