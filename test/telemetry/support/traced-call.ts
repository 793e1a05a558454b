import { vi } from 'vitest';
import { parseConfig } from '../../../src/config/schema.js';
import type { CallObserver, CallState } from '../../../src/lifecycle/index.js';
import { traceObserver } from '../../../src/telemetry/traces/trace-observer.js';
import { complete } from '../../config/complete-environment.js';
import { fakeCall, type FakeCall } from '../../interview/fake-call.js';

/** When every call of these tests begins. */
export const NOON = Date.parse('2026-01-01T12:00:00Z');
const NO_DEADLINE = new AbortController().signal;
const OUTCOME = {
  callId: 'AJ_test',
  reason: 'completed',
  startedAt: new Date(NOON).toISOString(),
  endedAt: new Date(NOON + 60_000).toISOString(),
  durationMs: 60_000,
  modelConnections: 2,
  usage: [{ inputTokens: 100, outputTokens: 40 }],
} as const;

export function configFor(url: string, more: Readonly<Record<string, string>> = {}) {
  const config = parseConfig({ ...complete, OTEL_EXPORTER_OTLP_ENDPOINT: url, ...more });
  return { config, tracing: config.tracing! };
}

/** A call that is observed. */
export async function observed(
  url: string,
  more?: Readonly<Record<string, string>>,
  room = 'room-1',
) {
  const { config, tracing } = configFor(url, more);
  return conductor(await fakeCall(), (call) => traceObserver(config, tracing)(call, room));
}

/** Lets things happen in a call, each so many milliseconds after its start. The clock has to be a false one. */
export function conductor(call: FakeCall, observe: (call: FakeCall) => CallObserver) {
  const observer = observe(call);
  observer.attach();
  const at = (ms: number) => vi.setSystemTime(NOON + ms);
  const { journal } = call.data;
  return {
    writes: (ms: number, ...entries: Parameters<typeof journal.append>) => {
      at(ms);
      journal.append(...entries);
    },
    enters: (ms: number, name: 'starting' | 'waiting' | 'greeting' | 'talking') => {
      at(ms);
      journal.append({ type: 'state', state: name });
      observer.onState?.({ name, sinceMs: NOON + ms } satisfies CallState);
    },
    ends: async (ms: number, outcome: object = {}, deadline = NO_DEADLINE) => {
      at(ms);
      journal.append({ type: 'outcome', ...OUTCOME, usage: [...OUTCOME.usage], ...outcome });
      await observer.flush(OUTCOME, deadline);
    },
  };
}
