import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { CallObserver, LiveCall } from '../../lifecycle/index.js';
import type { Journal } from '../../records/journal/index.js';
import { countedEntry, type MetricsMessage } from './message.js';

const VITALS_EVERY_MS = 5_000;
const NANOSECONDS_IN_MS = 1e6;

/** Tells the worker what happens in a call, and how its process is, to be counted there (call-metrics.ts). */
export function metricsObserver(call: LiveCall<{ readonly journal: Journal }>): CallObserver {
  const { callId } = call;
  const tell = (message: MetricsMessage): void => {
    // Outside a job process, or when the worker is gone, nobody counts.
    if (process.connected) {
      process.send?.(message);
    }
  };
  const delay = monitorEventLoopDelay({ resolution: 10 });
  let stop: () => void = () => undefined;

  return {
    name: 'metrics',
    attach() {
      delay.enable();
      const vitals = setInterval(() => {
        tell({
          case: 'steadfast.vitals',
          callId,
          residentBytes: process.memoryUsage.rss(),
          loopDelayMs: delay.max / NANOSECONDS_IN_MS,
        });
        delay.reset();
      }, VITALS_EVERY_MS);
      vitals.unref();
      const unfollow = call.data.journal.follow((line) => {
        const entry = countedEntry(JSON.parse(line));
        if (entry !== undefined) {
          tell({ case: 'steadfast.entry', callId, entry });
        }
      });
      stop = () => {
        clearInterval(vitals);
        delay.disable();
        unfollow();
      };
    },
    async flush() {
      stop();
    },
  };
}
