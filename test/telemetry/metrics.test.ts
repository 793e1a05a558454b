import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { CallMetrics } from '../../src/telemetry/metrics/call-metrics.js';
import { countedEntry, metricsMessage } from '../../src/telemetry/metrics/message.js';

const NOON = Date.parse('2026-01-01T12:00:00Z');

/** Metrics of calls in which these things happened, each at so many milliseconds after noon. */
function metrics() {
  const registry = new Registry();
  const calls = new CallMetrics(registry, 'gpt-realtime-mini');
  let seq = 0;
  return {
    calls,
    happens: (callId: string, atMs: number, entry: object) => {
      seq += 1;
      const at = new Date(NOON + atMs).toISOString();
      const counted = countedEntry({ seq, at, ...entry });
      if (counted !== undefined) {
        calls.told(callId, counted);
      }
      return counted;
    },
    lines: async () => (await registry.metrics()).split('\n'),
  };
}

const outcome = {
  type: 'outcome',
  callId: 'AJ_1',
  reason: 'completed',
  startedAt: '',
  endedAt: '',
  durationMs: 61_000,
  modelConnections: 2,
  usage: [{ type: 'llm_usage', inputTokens: 100, outputTokens: 40, outputAudioTokens: 40 }],
};

describe('the metrics of a worker', () => {
  it('measure the first word, each answer and each tool', async () => {
    const { happens, lines } = metrics();
    happens('AJ_1', 0, { type: 'state', state: 'greeting' });
    happens('AJ_1', 700, { type: 'agent-state', state: 'speaking' });
    happens('AJ_1', 3_000, { type: 'user-state', state: 'speaking' });
    happens('AJ_1', 5_000, { type: 'user-state', state: 'listening' });
    happens('AJ_1', 5_100, { type: 'tool-started', name: 'next_question' });
    const tool = { type: 'tool', name: 'next_question', isError: false };
    happens('AJ_1', 5_300, { ...tool, arguments: '{}', output: '""' });
    happens('AJ_1', 6_400, { type: 'agent-state', state: 'speaking' });
    happens('AJ_1', 8_000, { type: 'caller-typed' });
    happens('AJ_1', 9_000, { type: 'agent-state', state: 'speaking' });

    expect(await lines()).toEqual(
      expect.arrayContaining([
        'steadfast_first_word_seconds_sum 0.7',
        'steadfast_first_word_seconds_count 1',
        'steadfast_turn_latency_seconds_sum 2.4',
        'steadfast_turn_latency_seconds_count 2',
        'steadfast_tool_seconds_sum{tool="next_question",result="ok"} 0.2',
      ]),
    );
  });

  it('count ends, attempts, recoveries, tokens and cost', async () => {
    const { happens, lines } = metrics();
    const cause = { code: 'MODEL_FAILED', message: 'lost', category: 'connectivity' };
    happens('AJ_1', 0, { type: 'reconnecting', attempt: 1, of: 4, delayMs: 0, cause });
    happens('AJ_1', 20, { type: 'reconnected', downMs: 20 });
    happens('AJ_1', 60_000, outcome);

    const text = await lines();
    expect(text).toEqual(
      expect.arrayContaining([
        'steadfast_calls_total{outcome="completed"} 1',
        'steadfast_model_connections_total 2',
        'steadfast_model_reconnects_total{category="connectivity"} 1',
        'steadfast_model_downtime_seconds_sum 0.02',
        'steadfast_tokens_total{model="gpt-realtime-mini",direction="out"} 40',
      ]),
    );
    const cost = text.find((line) => line.startsWith('steadfast_cost_estimate_usd_total '));
    expect(Number(cost?.split(' ')[1])).toBeGreaterThan(0);
  });

  it('count a call whose process is gone without a word as crashed, and no other', async () => {
    const { calls, happens, lines } = metrics();
    happens('AJ_1', 0, outcome);
    happens('AJ_2', 0, { type: 'state', state: 'talking' });
    expect(await lines()).toContain('steadfast_calls_active 2');
    calls.ended('AJ_1');
    calls.ended('AJ_2');
    calls.ended('AJ_3');
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'steadfast_calls_active 0',
        'steadfast_calls_total{outcome="completed"} 1',
        'steadfast_calls_total{outcome="crashed"} 1',
      ]),
    );
  });

  it('tell the memory and the delays of the calls that are going on', async () => {
    const { calls, lines } = metrics();
    calls.vitals('AJ_1', { residentBytes: 100, loopDelayMs: 20 });
    calls.vitals('AJ_2', { residentBytes: 300, loopDelayMs: 5 });
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'steadfast_call_resident_memory_bytes_max 300',
        'steadfast_call_resident_memory_bytes_sum 400',
        'steadfast_call_event_loop_delay_seconds_max 0.02',
      ]),
    );
  });

  it('measure a wait that is so long that the caller counts as away, and none that ends in a nudge', async () => {
    const { happens, lines } = metrics();
    happens('AJ_1', 0, { type: 'user-state', state: 'speaking' });
    happens('AJ_1', 1_000, { type: 'user-state', state: 'listening' });
    happens('AJ_1', 16_000, { type: 'user-state', state: 'away' });
    happens('AJ_1', 18_000, { type: 'agent-state', state: 'speaking' });
    happens('AJ_1', 30_000, { type: 'user-state', state: 'speaking' });
    happens('AJ_1', 30_100, { type: 'user-state', state: 'listening' });
    happens('AJ_1', 60_000, { type: 'caller-nudged', number: 1, of: 2 });
    happens('AJ_1', 60_900, { type: 'agent-state', state: 'speaking' });

    expect(await lines()).toEqual(
      expect.arrayContaining([
        'steadfast_turn_latency_seconds_sum 17',
        'steadfast_turn_latency_seconds_count 1',
      ]),
    );
  });

  it('begin at zero where Prometheus has to see the first one', async () => {
    expect(await metrics().lines()).toEqual(
      expect.arrayContaining([
        'steadfast_calls_total{outcome="crashed"} 0',
        'steadfast_calls_total{outcome="model-refused"} 0',
        'steadfast_model_reconnects_total{category="quota"} 0',
      ]),
    );
  });

  it('tell how much memory calls have had, and how often they stood still', async () => {
    const { calls, happens, lines } = metrics();
    calls.vitals('AJ_1', { residentBytes: 1, loopDelayMs: 300 });
    happens('AJ_1', 0, { ...outcome, peakMemoryMb: 180 });
    expect(await lines()).toEqual(
      expect.arrayContaining([
        `steadfast_call_peak_memory_bytes_sum ${180 * 2 ** 20}`,
        'steadfast_call_event_loop_delay_seconds_bucket{le="0.2"} 0',
        'steadfast_call_event_loop_delay_seconds_bucket{le="0.5"} 1',
      ]),
    );
  });

  it('never hear what anybody said', () => {
    const { happens } = metrics();
    const said = { role: 'caller', text: 'a secret', itemId: 'i', saidAt: '' };
    expect(happens('AJ_1', 0, { type: 'utterance', ...said })).toBeUndefined();
    expect(metricsMessage({ case: 'pingRequest' })).toBeUndefined();
  });
});
