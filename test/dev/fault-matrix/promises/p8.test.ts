import { describe, expect, it } from 'vitest';
import { p8 } from '../../../../dev/fault-matrix/promises/p8.js';
import { BEGIN, connection, evidence, promising, seen } from '../support/evidence.js';

const { heard } = evidence();
const unanswered = { saidAt: BEGIN, heardMs: 0, answeredAfterMs: null };

describe('answers', () => {
  it('breaks when a question got none', () => {
    expect(p8.broken(evidence({ heard: { ...heard, asks: [unanswered] } }))).toEqual([
      '1 of 1 questions got no answer',
    ]);
  });

  it('breaks when nothing could be asked', () => {
    expect(p8.broken(evidence({ heard: { ...heard, asks: [] } }))).toEqual([
      'nothing could be asked any more',
    ]);
  });

  it('may miss the first where only the last is promised', () => {
    const row = promising({ hears: 'last-answer' });
    const asks = [unanswered, ...heard.asks];
    expect(p8.broken(evidence({ row, heard: { ...heard, asks } }))).toEqual([]);
    expect(p8.broken(evidence({ row, heard: { ...heard, asks: asks.toReversed() } }))).toEqual([
      'the last question got no answer',
    ]);
  });
});

describe('times', () => {
  it('breaks when the new connection comes late, or never', () => {
    const late = [connection('conn_1', 1000, 4000), connection('conn_2', 4900, 9000)];
    expect(p8.broken(evidence({ connections: late }))).toEqual([
      'the new connection came after 900 ms, promised were 200',
    ]);
    expect(p8.broken(evidence({ connections: late.slice(0, 1) }))).toEqual([
      'there was no new connection',
    ]);
  });

  it('breaks when the greeting comes late, or never', () => {
    const row = promising({ greetsWithinMs: 400 }, { when: 'before-join' });
    expect(p8.broken(evidence({ row }))).toContain(
      'the greeting came after 500 ms, promised were 400',
    );
    expect(p8.broken(evidence({ row, heard: { ...heard, firstWordAt: null } }))).toHaveLength(1);
  });
});

describe('the conversation', () => {
  const connections = [
    connection('conn_1', 1000, 4000),
    connection('conn_2', 4100, 9000, { 'response.created': 1 }),
  ];
  const before = [
    seen('conn_1', 'out', {
      type: 'conversation.item.input_audio_transcription.completed',
      ...{ transcript: 'Hello Ada.' },
    }),
    seen('conn_1', 'out', {
      type: 'response.output_audio_transcript.done',
      ...{ transcript: 'Welcome, I am Ada.' },
    }),
    seen('conn_1', 'in', {
      type: 'conversation.item.create',
      ...{ item: { type: 'function_call_output', call_id: 'call_1', output: '{}' } },
    }),
  ];
  const again = (item: object) =>
    seen('conn_2', 'in', { type: 'conversation.item.create', ...{ item } });
  const message = (role: string, text: string) =>
    again({ type: 'message', role, content: [{ type: 'text', text }] });

  it('breaks when the new connection was not told what had been said and done', () => {
    expect(p8.broken(evidence({ connections, events: before }))).toEqual([
      'the model was not told again: Hello Ada. | Welcome, I am Ada. | the result of call_1',
    ]);
  });

  it('is kept when it was; of a sentence that was cut, what was heard is enough', () => {
    const events = [
      ...before,
      message('user', 'Hello Ada.'),
      message('assistant', 'Welcome, I'),
      again({ type: 'function_call_output', call_id: 'call_1' }),
    ];
    expect(p8.broken(evidence({ connections, events }))).toEqual([]);
  });
});
