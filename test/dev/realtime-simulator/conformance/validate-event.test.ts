import { describe, expect, test } from 'vitest';
import { validateEvent } from '../../../../dev/realtime-simulator/schema/index.js';

const session = {
  type: 'realtime',
  id: 'sess_1',
  object: 'realtime.session',
  expires_at: 1,
  model: 'gpt-realtime',
  output_modalities: ['audio'],
  tool_choice: 'auto',
  audio: {
    input: {
      format: { type: 'audio/pcm', rate: 24_000 },
      turn_detection: { type: 'server_vad', threshold: 0.5 },
    },
  },
};
const created = { type: 'session.created', event_id: 'event_1', session };
const added = (item: unknown): unknown => ({
  type: 'conversation.item.added',
  event_id: 'event_1',
  previous_item_id: null,
  item,
});
const message = {
  id: 'item_1',
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text: 'Hi' }],
};

describe('an event', () => {
  test('as the service sends it has no problems', () => {
    expect(validateEvent('out', created)).toEqual([]);
    expect(validateEvent('out', added(message))).toEqual([]);
  });

  test.each([
    [
      'without a required field',
      { type: 'session.created', session },
      "session.created: the event must have required property 'event_id'",
    ],
    [
      'with a key nobody knows',
      { ...created, more: 1 },
      'session.created: the event has the key "more", which the official models do not know',
    ],
    [
      'with a field of the wrong type, deep inside',
      {
        ...created,
        session: {
          ...session,
          audio: { input: { turn_detection: { type: 'server_vad', threshold: 'high' } } },
        },
      },
      'session.created: session.audio.input.turn_detection.threshold must be number',
    ],
    [
      'of a type that does not exist',
      { type: 'session.creatd', event_id: 'event_1', session },
      'session.creatd: the event has the type "session.creatd", which does not exist here',
    ],
    [
      'of the retired dialect',
      { type: 'response.audio.delta', event_id: 'event_1' },
      'response.audio.delta: the event has the type "response.audio.delta", which does not exist here',
    ],
    [
      'with an item in a role that does not exist',
      added({ ...message, role: 'boss' }),
      'conversation.item.added: item has the role "boss", which does not exist here',
    ],
    [
      'with an item of a type that does not exist',
      added({ ...message, type: 'mesage' }),
      'conversation.item.added: item has the type "mesage", which does not exist here',
    ],
    [
      'with a wrong value where only some are allowed',
      added({ ...message, status: 'finished' }),
      'conversation.item.added: item.status must be one of ["completed","incomplete","in_progress"]',
    ],
    [
      'without what clients need, though the SDK calls it optional',
      added({ ...message, id: undefined }),
      'conversation.item.added: item.id is missing, and clients cannot do without it',
    ],
  ])('%s has one problem, about the branch that was meant', (_name, event, problem) => {
    expect(validateEvent('out', event)).toEqual([problem]);
  });

  test.each([['a text'], [null], [[]], [{}], [{ type: 7 }]])('that is %j is none', (event) => {
    expect(validateEvent('out', event)).not.toEqual([]);
  });

  test('of the server is none of the client, and the other way round', () => {
    expect(validateEvent('in', created)).not.toEqual([]);
    expect(validateEvent('in', { type: 'response.cancel' })).toEqual([]);
    expect(validateEvent('out', { type: 'response.cancel' })).not.toEqual([]);
  });

  test('may name its session only when it comes from the server', () => {
    expect(validateEvent('in', { type: 'session.update', session })).toEqual(
      ['id', 'object', 'expires_at'].map(
        (key) =>
          `session.update: session has the key "${key}", which the official models do not know`,
      ),
    );
  });
});
