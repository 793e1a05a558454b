import { initializeLogger, telemetry } from '@livekit/agents';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { complete } from '../config/complete-environment.js';
import { content } from '../records/sample-call.js';
import { startCollector, type Collector } from './support/collector.js';
import { NOON, observed } from './support/traced-call.js';

const SAID = 'My last employer paid me in goats.';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Spans by their names, each as when it began and how long it took. */
function timesOf(collector: Collector): Record<string, readonly [startMs: number, ms: number]> {
  return Object.fromEntries(
    collector
      .spans()
      .map(({ name, startMs, durationMs }) => [
        name,
        [Math.round(startMs - NOON), Math.round(durationMs)],
      ]),
  );
}

const cause = { code: 'MODEL_FAILED', message: SAID, category: 'connectivity' };

describe('the trace of a call', () => {
  it('has a span for the call, each state, the first word, each turn, each tool and each outage', async () => {
    await using collector = await startCollector();
    const call = await observed(collector.url);
    call.enters(0, 'starting');
    call.enters(300, 'waiting');
    call.enters(400, 'greeting');
    call.writes(1_100, { type: 'agent-state', state: 'speaking' });
    call.enters(2_000, 'talking');
    call.writes(3_000, { type: 'user-state', state: 'speaking' });
    call.writes(5_000, { type: 'user-state', state: 'listening' });
    call.writes(5_100, { type: 'tool-started', name: 'next_question' });
    const tool = { name: 'next_question', arguments: `"${SAID}"`, output: SAID, isError: false };
    call.writes(5_300, { type: 'tool', ...tool });
    call.writes(6_400, { type: 'agent-state', state: 'speaking' });
    call.writes(7_000, { type: 'reconnecting', attempt: 1, of: 4, delayMs: 0, cause });
    call.writes(7_040, { type: 'reconnected', downMs: 40 });
    await call.ends(60_000);

    expect(timesOf(collector)).toEqual({
      call: [0, 60_000],
      starting: [0, 300],
      waiting: [300, 100],
      greeting: [400, 1_600],
      talking: [2_000, 58_000],
      'first word': [400, 700],
      turn: [5_000, 1_400],
      'tool next_question': [5_100, 200],
      'model outage': [7_000, 40],
    });
    const spans = collector.spans();
    const root = spans.find(({ name }) => name === 'call')!;
    expect(root).toMatchObject({
      parentId: '',
      status: 0,
      attributes: {
        'call.id': 'AJ_test',
        'call.room': 'room-1',
        'call.interview': 'hr-screening-en',
        'call.outcome': 'completed',
        'call.first_word_ms': 700,
        'call.model_connections': 2,
        'gen_ai.usage.input_tokens': 100,
      },
      resource: { 'service.name': 'steadfast' },
    });
    for (const span of spans.filter((one) => one !== root)) {
      expect(span).toMatchObject({ parentId: root.spanId, traceId: root.traceId });
    }
    expect(spans.find(({ name }) => name === 'turn')?.attributes).toEqual({
      'turn.number': 1,
      'turn.latency_ms': 1_400,
    });
  });

  it('tells of errors, attempts and what the caller did as events, in codes', async () => {
    await using collector = await startCollector();
    const call = await observed(collector.url);
    call.enters(0, 'starting');
    const error = { code: 'MODEL_FAILED', fault: 'model', remedy: 'Look.', category: 'server' };
    call.writes(100, { type: 'error', ...error, message: SAID, recoverable: true });
    call.writes(200, { type: 'caller-away', why: 'CLIENT_INITIATED', graceMs: 60_000 });
    call.writes(300, { type: 'question', id: 'team', state: 'asked' });
    call.writes(400, { type: 'reconnecting', attempt: 1, of: 4, delayMs: 500, cause });
    await call.ends(1_000, { reason: 'model-unavailable', error: { code: 'MODEL_FAILED' } });

    const spans = collector.spans();
    expect(spans.find(({ name }) => name === 'call')).toMatchObject({
      status: 2,
      attributes: { 'call.outcome': 'model-unavailable', 'error.type': 'MODEL_FAILED' },
      events: [
        {
          name: 'error',
          attributes: {
            'error.type': 'MODEL_FAILED',
            'error.fault': 'model',
            'error.category': 'server',
            'error.recoverable': true,
          },
        },
        { name: 'caller away', attributes: { 'caller.why': 'CLIENT_INITIATED' } },
        { name: 'question', attributes: { 'question.id': 'team', 'question.state': 'asked' } },
      ],
    });
    expect(spans.find(({ name }) => name === 'model outage')).toMatchObject({
      status: 2,
      durationMs: 600,
      events: [
        {
          name: 'attempt',
          attributes: {
            'model.attempt': 1,
            'model.attempts_at_most': 4,
            'model.delay_ms': 500,
            'error.type': 'MODEL_FAILED',
            'error.category': 'connectivity',
          },
        },
      ],
    });
  });

  it('says nothing that anybody said, was told or is, and no secret', async () => {
    await using collector = await startCollector();
    const call = await observed(collector.url, {}, `room of ${complete.OPENAI_API_KEY}`);
    call.enters(0, 'starting');
    const utterance = { role: 'caller', text: SAID, itemId: 'i', saidAt: '' } as const;
    call.writes(1, { type: 'utterance', ...utterance });
    call.writes(2, { type: 'report', report: { ...content, summary: SAID } });
    call.writes(3, { type: 'state', state: 'recovering', detail: SAID });
    call.writes(4, { type: 'tool-started', name: 'save_report' });
    const tool = { name: 'save_report', arguments: SAID, output: SAID, isError: true };
    call.writes(5, { type: 'tool', ...tool });
    const error = { code: 'APPLICATION_FAILED', fault: 'application', remedy: SAID, cause: SAID };
    call.writes(6, { type: 'error', ...error, message: SAID, recoverable: true });
    call.writes(7, { type: 'reply-lost', againInMs: 0, cause });
    await call.ends(8, { reason: 'crashed', detail: SAID, error: { code: 'X', message: SAID } });

    expect(collector.spans().map(({ name }) => name)).toContain('call');
    expect(collector.sent()).not.toContain('goats');
    expect(collector.sent()).not.toContain(complete.OPENAI_API_KEY);
    expect(collector.sent()).toContain('room of [redacted]');
  });

  it('goes where it is told to, with the headers that are asked for, under the name that is given', async () => {
    await using collector = await startCollector();
    const call = await observed(`${collector.url}/`, {
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20t0p-secret,x-tenant=ours',
      OTEL_SERVICE_NAME: 'hr-line',
    });
    call.enters(0, 'starting');
    await call.ends(1);

    expect(collector.requests).toMatchObject([
      {
        path: '/v1/traces',
        headers: { authorization: 'Bearer t0p-secret', 'x-tenant': 'ours' },
      },
    ]);
    expect(collector.spans()[0]?.resource).toMatchObject({ 'service.name': 'hr-line' });
  });

  it('has none of the framework’s spans, which carry instructions and what was said', async () => {
    await using collector = await startCollector();
    const call = await observed(collector.url);
    call.enters(0, 'starting');
    const span = telemetry.tracer.startSpan({ name: 'agent_turn' });
    expect(span.isRecording()).toBe(false);
    span.end();
    await call.ends(1);

    expect(collector.spans().map(({ name }) => name)).not.toContain('agent_turn');
  });
});
