import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { CALL_END_REASONS } from '../../lifecycle/index.js';
import { CONNECTION_ERROR_CATEGORIES } from '../../lifecycle/realtime/connection-error.js';
import type { CallProgress } from '../../records/journal/call-progress.js';

/** What the process of a call tells of itself. */
export interface Vitals {
  readonly residentBytes: number;
  /** The longest that the event loop stood still since the last time. */
  readonly loopDelayMs: number;
}

/** Seconds: what a caller takes for prompt, for slow, and for gone. */
const ANSWER_BUCKETS = [0.3, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 10, 20];
const CALL_BUCKETS = [10, 30, 60, 120, 300, 600, 1200, 1800, 2700, 3600];
const TOOL_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30];
/** Seconds: 20 ms are a frame of audio. */
const DELAY_BUCKETS = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
/** Bytes: an ordinary call has 200 MB, and its limit is 800 MB as a rule. */
const MEMORY_BUCKETS = [100, 150, 200, 250, 300, 400, 600, 800, 1600].map((mb) => mb * 2 ** 20);

/**
 * Every metric of calls, made in a registry. A counter whose labels are known is there from the beginning: Prometheus sees no
 * growth in one that begins with 1, so that the first crash would raise no alarm.
 */
export function metricsIn(
  registry: Registry,
  calls: ReadonlyMap<string, CallProgress>,
  vitals: ReadonlyMap<string, Vitals>,
) {
  const registers = [registry];
  const counter = <T extends string = never>(name: string, help: string, labelNames: T[] = []) =>
    new Counter({ name: `steadfast_${name}`, help, labelNames, registers });
  const histogram = <T extends string = never>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: T[] = [],
  ) => new Histogram({ name: `steadfast_${name}`, help, buckets, labelNames, registers });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name: `steadfast_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  const most = (pick: (one: Vitals) => number): number =>
    Math.max(0, ...[...vitals.values()].map(pick));
  gauge('calls_active', 'Calls that are going on', () => calls.size);
  gauge('call_resident_memory_bytes_max', 'Memory of the largest call process', () =>
    most(({ residentBytes }) => residentBytes),
  );
  gauge('call_resident_memory_bytes_sum', 'Memory of all call processes', () =>
    [...vitals.values()].reduce((sum, { residentBytes }) => sum + residentBytes, 0),
  );
  gauge(
    'call_event_loop_delay_seconds_max',
    'Longest time that the event loop of a call stood still, of the last seconds',
    () => most(({ loopDelayMs }) => loopDelayMs) / 1000,
  );
  const ended = counter('calls_total', 'Calls that have ended, by outcome', ['outcome']);
  CALL_END_REASONS.forEach((outcome) => ended.inc({ outcome }, 0));
  const attempts = counter('model_reconnects_total', 'Attempts to mend a lost connection', [
    'category',
  ]);
  CONNECTION_ERROR_CATEGORIES.forEach((category) => attempts.inc({ category }, 0));
  return {
    calls: ended,
    duration: histogram('call_duration_seconds', 'How long calls took', CALL_BUCKETS, ['outcome']),
    firstWord: histogram(
      'first_word_seconds',
      'From the caller’s arrival to the agent’s first sound',
      ANSWER_BUCKETS,
    ),
    turn: histogram(
      'turn_latency_seconds',
      'From the end of the caller’s words to the agent’s first sound',
      ANSWER_BUCKETS,
    ),
    connections: counter('model_connections_total', 'Connections to the model that were tried'),
    attempts,
    recovered: histogram(
      'model_downtime_seconds',
      'How long lost connections took to be mended',
      ANSWER_BUCKETS,
    ),
    repliesLost: counter('replies_lost_total', 'Answers that were asked for again'),
    notices: counter('notices_total', 'Recorded sentences that were played', ['notice']),
    errors: counter('errors_total', 'Errors in calls, recovered from or not', ['code', 'fault']),
    peakMemory: histogram(
      'call_peak_memory_bytes',
      'The most memory that the process of a call ever had',
      MEMORY_BUCKETS,
    ),
    loopDelay: histogram(
      'call_event_loop_delay_seconds',
      'Longest time that the event loop of a call stood still, of every five seconds',
      DELAY_BUCKETS,
    ),
    tool: histogram('tool_seconds', 'How long tools took', TOOL_BUCKETS, ['tool', 'result']),
    tokens: counter('tokens_total', 'Tokens, as LiveKit counts them', ['model', 'direction']),
    cost: counter('cost_estimate_usd_total', 'Estimated cost of the calls, in US dollars'),
  };
}
