import type { Registry } from 'prom-client';
import { estimateCost } from '../../records/call/cost.js';
import { CallProgress } from '../../records/journal/call-progress.js';
import type { CountedEntry } from './message.js';
import { metricsIn, type Vitals } from './metrics-in.js';

const BYTES_IN_MB = 2 ** 20;

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
    this.#m.loopDelay.observe(vitals.loopDelayMs / 1000);
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

  #over(outcome: CountedEntry & { type: 'outcome' }): void {
    const m = this.#m;
    const { reason, durationMs, modelConnections, usage, peakMemoryMb } = outcome;
    m.calls.inc({ outcome: reason });
    m.duration.observe({ outcome: reason }, durationMs / 1000);
    m.connections.inc(modelConnections);
    if (peakMemoryMb !== undefined) {
      m.peakMemory.observe(peakMemoryMb * BYTES_IN_MB);
    }
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
