import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { estimateCost } from '../../records/call/cost.js';
import type { CountedEntry } from './message.js';
import { CallProgress } from './call-progress.js';

interface Vitals {
  readonly residentBytes: number;
  readonly loopDelayMs: number;
}

/** Seconds: what a caller takes for prompt, for slow, and for gone. */
const ANSWER_BUCKETS = [0.3, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 10];
const CALL_BUCKETS = [10, 30, 60, 120, 300, 600, 1200, 1800, 2700, 3600];
const TOOL_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30];

/** Counts what the calls of one worker do, in one registry. docs/operations.md says what each metric means. */
export class CallMetrics {
  readonly #calls = new Map<string, CallProgress>();
  readonly #vitals = new Map<string, Vitals>();
  readonly #realtimeModel: string;
  readonly #m;

  constructor(registry: Registry, realtimeModel: string) {
    this.#realtimeModel = realtimeModel;
    this.#m = metricsIn(registry, this.#calls, this.#vitals);
  }

  told(callId: string, entry: CountedEntry): void {
    const progress = this.#progressOf(callId);
    const m = this.#m;
    const { answerMs, firstWordMs, tool } = progress.add(entry);
    if (answerMs !== undefined) {
      m.turn.observe(answerMs / 1000);
    }
    if (firstWordMs !== undefined) {
      m.firstWord.observe(firstWordMs / 1000);
    }
    if (tool !== undefined) {
      m.tool.observe({ tool: tool.name, result: tool.isError ? 'error' : 'ok' }, tool.ms / 1000);
    }
    if (entry.type === 'error') {
      m.errors.inc({ code: entry.code, fault: entry.fault });
    } else if (entry.type === 'reconnecting') {
      m.attempts.inc({ category: entry.cause.category ?? 'unknown' });
    } else if (entry.type === 'reconnected') {
      m.recovered.observe(entry.downMs / 1000);
    } else if (entry.type === 'reply-lost') {
      m.repliesLost.inc();
    } else if (entry.type === 'notice') {
      m.notices.inc({ notice: entry.notice });
    } else if (entry.type === 'outcome') {
      this.#over(entry);
    }
  }

  vitals(callId: string, vitals: Vitals): void {
    this.#vitals.set(callId, vitals);
  }

  /** The call's process is gone. One that left no outcome has crashed. */
  ended(callId: string): void {
    const progress = this.#calls.get(callId);
    this.#calls.delete(callId);
    this.#vitals.delete(callId);
    if (progress?.isOver === false) {
      this.#m.calls.inc({ outcome: 'crashed' });
    }
  }

  #progressOf(callId: string): CallProgress {
    const progress = this.#calls.get(callId) ?? new CallProgress();
    this.#calls.set(callId, progress);
    return progress;
  }

  #over({ reason, durationMs, modelConnections, usage }: CountedEntry & { type: 'outcome' }): void {
    const m = this.#m;
    m.calls.inc({ outcome: reason });
    m.duration.observe({ outcome: reason }, durationMs / 1000);
    m.connections.inc(modelConnections);
    m.cost.inc(estimateCost(usage, this.#realtimeModel).amount);
    for (const record of usage) {
      const model = textOf(record['model']) ?? this.#realtimeModel;
      m.tokens.inc({ model, direction: 'in' }, countOf(record['inputTokens']));
      m.tokens.inc({ model, direction: 'out' }, countOf(record['outputTokens']));
    }
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function countOf(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0;
}

function metricsIn(
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
  return {
    calls: counter('calls_total', 'Calls that have ended, by outcome', ['outcome']),
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
    attempts: counter('model_reconnects_total', 'Attempts to mend a lost connection', ['category']),
    recovered: histogram(
      'model_downtime_seconds',
      'How long lost connections took to be mended',
      ANSWER_BUCKETS,
    ),
    repliesLost: counter('replies_lost_total', 'Answers that were asked for again'),
    notices: counter('notices_total', 'Recorded sentences that were played', ['notice']),
    errors: counter('errors_total', 'Errors in calls, recovered from or not', ['code', 'fault']),
    tool: histogram('tool_seconds', 'How long tools took', TOOL_BUCKETS, ['tool', 'result']),
    tokens: counter('tokens_total', 'Tokens, as LiveKit counts them', ['model', 'direction']),
    cost: counter('cost_estimate_usd_total', 'Estimated cost of the calls, in US dollars'),
  };
}
