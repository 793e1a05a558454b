import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Config } from '../../config/schema.js';
import { CallMetrics } from './call-metrics.js';

/** What `/metrics` serves: this process, its places, and all its calls. */
export function workerMetrics(
  { worker, openai }: Pick<Config, 'worker' | 'openai'>,
  isStopping: () => boolean,
): { readonly registry: Registry; readonly calls: CallMetrics } {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'steadfast_worker_' });
  new Gauge({
    name: 'steadfast_calls_max',
    help: 'Calls that this worker holds at once',
    registers,
  }).set(worker.maxCalls);
  new Gauge({
    name: 'steadfast_worker_draining',
    help: '1 once the worker was told to stop',
    registers,
    collect() {
      this.set(isStopping() ? 1 : 0);
    },
  });
  return { registry, calls: new CallMetrics(registry, openai.realtimeModel) };
}
