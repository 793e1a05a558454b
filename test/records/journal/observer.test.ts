import { llm, voice } from '@livekit/agents';
import { expect, test } from 'vitest';
import { CallError, type CallOutcome } from '../../../src/lifecycle/index.js';
import { journalObserver, readJournal } from '../../../src/records/journal/index.js';
import { fakeCall, type FakeCall } from '../../interview/fake-call.js';

const NOON = Date.parse('2026-01-01T12:00:00Z');
const at = (ms: number) => new Date(NOON + ms).toISOString();

const aNumber: unknown = expect.any(Number);

const outcome: CallOutcome = {
  callId: 'AJ_test',
  reason: 'completed',
  startedAt: at(0),
  endedAt: at(60_000),
  durationMs: 60_000,
  modelConnections: 1,
  usage: [{ type: 'llm_usage', model: 'gpt-realtime-mini' }],
};

const item = (message: ConstructorParameters<typeof llm.ChatMessage>[0]) =>
  voice.createConversationItemAddedEvent(new llm.ChatMessage(message));

async function attached() {
  const call = await fakeCall();
  const observer = journalObserver(call);
  observer.attach();
  return { call, observer };
}

async function entriesOf(call: FakeCall) {
  await call.data.journal.close();
  return (await readJournal(call.data.journal.file)).entries.map(({ seq, at, ...entry }) => {
    expect(seq).toBeGreaterThan(0);
    expect(at).not.toBe('');
    return entry;
  });
}

test('what both sides said is written down, with the moment of its first sound', async () => {
  const { call } = await attached();
  call.emit(
    item({
      role: 'assistant',
      content: 'Hello, I am Ada.',
      id: 'item_1',
      metrics: { startedSpeakingAt: (NOON + 1_000) / 1_000 },
    }),
  );
  call.emit(voice.createUserStateChangedEvent('listening', 'speaking', NOON + 4_000));
  call.emit(voice.createUserStateChangedEvent('speaking', 'listening', NOON + 6_000));
  call.emit(item({ role: 'user', content: 'Hi.', id: 'item_2', createdAt: NOON + 9_000 }));

  expect((await entriesOf(call)).filter(({ type }) => type === 'utterance')).toEqual([
    {
      type: 'utterance',
      role: 'agent',
      text: 'Hello, I am Ada.',
      itemId: 'item_1',
      saidAt: at(1_000),
    },
    { type: 'utterance', role: 'caller', text: 'Hi.', itemId: 'item_2', saidAt: at(4_000) },
  ]);
});

test('a caller’s text that arrives after the answer to it stands before that answer in the transcript', async () => {
  const { call } = await attached();
  call.emit(voice.createUserStateChangedEvent('listening', 'speaking', NOON + 1_000));
  call.emit(
    item({
      role: 'assistant',
      content: 'Interesting.',
      metrics: { startedSpeakingAt: (NOON + 5_000) / 1_000 },
    }),
  );
  call.emit(item({ role: 'user', content: 'I build queues.', createdAt: NOON + 8_000 }));

  expect(call.data.journal.utterances.map(({ role }) => role)).toEqual(['caller', 'agent']);
});

test('an interrupted sentence says so', async () => {
  const { call } = await attached();
  call.emit(item({ role: 'assistant', content: 'As I was', interrupted: true }));

  expect(await entriesOf(call)).toMatchObject([{ text: 'As I was', interrupted: true }]);
});

test('what has no text, or was said by nobody, is no utterance', async () => {
  const { call } = await attached();
  call.emit(item({ role: 'user', content: '' }));
  call.emit(item({ role: 'user', content: '  \n' }));
  call.emit(item({ role: 'system', content: 'You are Ada.' }));
  call.emit(
    voice.createConversationItemAddedEvent(new llm.AgentHandoffItem({ newAgentId: 'someone' })),
  );

  expect(await entriesOf(call)).toEqual([]);
});

test('every tool that ran is written down with what it was told and what it answered', async () => {
  const { call } = await attached();
  const long = 'x'.repeat(5_000);
  call.emit(
    voice.createFunctionToolsExecutedEvent({
      functionCalls: [
        new llm.FunctionCall({ callId: '1', name: 'get_transcript', args: '{}' }),
        new llm.FunctionCall({ callId: '2', name: 'end_interview', args: '{"a":1}' }),
      ],
      functionCallOutputs: [
        new llm.FunctionCallOutput({ callId: '1', output: long, isError: false }),
        new llm.FunctionCallOutput({ callId: '2', output: 'no', isError: true }),
      ],
    }),
  );

  expect(await entriesOf(call)).toEqual([
    {
      type: 'tool',
      name: 'get_transcript',
      arguments: '{}',
      output: `${'x'.repeat(4_000)}… (5000 characters)`,
      isError: false,
    },
    { type: 'tool', name: 'end_interview', arguments: '{"a":1}', output: 'no', isError: true },
  ]);
});

test('states, errors and, as the last line, the outcome are written down', async () => {
  const { call, observer } = await attached();
  const error = new CallError('The service said no.', {
    code: 'MODEL_REFUSED',
    fault: 'model',
    remedy: 'Check the key.',
    cause: new Error('401'),
  });
  observer.onState?.({ name: 'recovering', sinceMs: NOON, cause: 'connection lost' });
  observer.onError?.(error, false);
  observer.onState?.({ name: 'closing', sinceMs: NOON, outcome });
  await observer.flush(
    { ...outcome, reason: 'model-refused', error },
    new AbortController().signal,
  );
  observer.onState?.({ name: 'closed', sinceMs: NOON, outcome });

  expect(await entriesOf(call)).toEqual([
    { type: 'state', state: 'recovering', detail: 'connection lost' },
    {
      type: 'error',
      code: 'MODEL_REFUSED',
      fault: 'model',
      message: 'The service said no.',
      remedy: 'Check the key.',
      cause: 'Error: 401',
      recoverable: false,
    },
    { type: 'state', state: 'closing', detail: 'completed' },
    {
      type: 'outcome',
      ...outcome,
      reason: 'model-refused',
      error: error.toJSON(),
      peakMemoryMb: aNumber,
    },
  ]);
});

test('when flush has settled, everything is in the file', async () => {
  const { call, observer } = await attached();
  for (let count = 0; count < 100; count += 1) {
    call.emit(voice.createAgentStateChangedEvent('listening', 'speaking', NOON));
  }
  await observer.flush(outcome, new AbortController().signal);

  expect((await readJournal(call.data.journal.file)).entries).toHaveLength(101);
});

test('trouble with the model is written down as it goes on, its cause without a stack', async () => {
  const { call, observer } = await attached();
  const cause = new CallError('cut', {
    code: 'MODEL_FAILED',
    fault: 'model',
    remedy: 'Look.',
    category: 'connectivity',
  });
  observer.onTrouble?.({ type: 'reconnecting', attempt: 1, of: 4, delayMs: 0, cause });
  observer.onTrouble?.({ type: 'notice', notice: 'oneMoment', heard: 'cut' });
  observer.onTrouble?.({ type: 'reconnected', downMs: 5_000 });
  observer.onTrouble?.({ type: 'reply-lost', againInMs: 0, cause });

  const written = { code: 'MODEL_FAILED', message: 'cut', category: 'connectivity' };
  expect(await entriesOf(call)).toEqual([
    { type: 'reconnecting', attempt: 1, of: 4, delayMs: 0, cause: written },
    { type: 'notice', notice: 'oneMoment', heard: 'cut' },
    { type: 'reconnected', downMs: 5_000 },
    { type: 'reply-lost', againInMs: 0, cause: written },
  ]);
});
