import { describe, expect, it } from 'vitest';
import { Transcripts } from '../../../dev/caller/transcripts.js';
import { Waiters } from '../../../dev/caller/waiters.js';

const CALLER = 'caller-1';

function stream(text: string, segment: string, isFinal: boolean) {
  return {
    info: {
      streamId: `stream of ${text}`,
      mimeType: 'text/plain',
      topic: 'lk.transcription',
      timestamp: 0,
      attributes: { 'lk.segment_id': segment, 'lk.transcription_final': String(isFinal) },
    },
    readAll: () => Promise.resolve(text),
  };
}

describe('transcripts', () => {
  it('take an agent’s stream as finished when it closes, though it opened as not final', async () => {
    const transcripts = new Transcripts(CALLER, new Waiters());
    await transcripts.receive(stream(' Hello there. ', 'SG_1', false), 'agent-1', 5);
    expect(transcripts.segments).toEqual([
      { id: 'SG_1', speaker: 'agent', text: 'Hello there.', startedAtMs: 5 },
    ]);
  });

  it('take of a caller’s texts only the final one, at the time of the first', async () => {
    const transcripts = new Transcripts(CALLER, new Waiters());
    await transcripts.receive(stream('I', 'SG_2', false), CALLER, 5);
    expect(transcripts.segments).toEqual([]);
    await transcripts.receive(stream('I am Sam', 'SG_2', true), CALLER, 9);
    expect(transcripts.segments).toEqual([
      { id: 'SG_2', speaker: 'caller', text: 'I am Sam', startedAtMs: 5 },
    ]);
  });

  it('stand in the order in which they began, not in which they ended', async () => {
    const transcripts = new Transcripts(CALLER, new Waiters());
    const second = transcripts.receive(stream('second', 'B', true), CALLER, 20);
    await transcripts.receive(stream('first', 'A', false), 'agent-1', 10);
    await second;
    expect(transcripts.segments.map(({ text }) => text)).toEqual(['first', 'second']);
  });

  it('leave out what has no words', async () => {
    const transcripts = new Transcripts(CALLER, new Waiters());
    await transcripts.receive(stream('  ', 'A', true), CALLER);
    expect(transcripts.segments).toEqual([]);
  });

  it('wake whoever waits for one', async () => {
    const waiters = new Waiters();
    const transcripts = new Transcripts(CALLER, waiters);
    const waiting = waiters.until(() => transcripts.segments[0], {
      timeoutMs: 1000,
      awaited: 'a transcript',
    });
    await transcripts.receive(stream('Hello', 'A', false), 'agent-1');
    await expect(waiting).resolves.toMatchObject({ text: 'Hello' });
  });
});
