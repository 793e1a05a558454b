import { median } from '../bench/statistics.js';
import { memoryForCalls } from '../../src/worker/memory-budget.js';
import type { CapacityStep } from './result.js';

/** What a machine or container of so many cores is given, when nothing but the agent runs on it. */
export interface SizingRow {
  readonly cores: number;
  readonly maxCalls: number;
  /** What worker and calls take together, in megabytes. */
  readonly memoryMb: number;
  /** What the container is given, in megabytes: `mem_limit`, or a pod's limit. */
  readonly limitMb: number;
}

const CORES = [1, 2, 4, 8] as const;
/** So much of each core is planned with. The rest is for calls that begin: starting a process takes about a second of a core. */
const PLANNED_SHARE = 0.6;
/** What a call gains while it lasts: a megabyte a minute at most (docs/soak.md), in three quarters of an hour. */
const GROWTH_MB = 45;
/** Room in the container's limit, beside what was measured. */
const HEADROOM = 1.25;
const STEP_MB = 256;
/** The framework keeps as many warm processes as there are cores, four at most. */
const MOST_WARM = 4;

/** What a call takes of the agent alone: worker, its own process, and those that wait for the next. */
export function coresPerCall(steps: readonly CapacityStep[]): number {
  return median(
    steps.map(({ calls, usage: { cores } }) => (cores.worker + cores.calls + cores.idle) / calls),
  );
}

/**
 * Calculated from what was measured; empty when nothing was.
 *
 * @param steps those within the limits
 */
export function sizing(steps: readonly CapacityStep[]): SizingRow[] {
  const last = steps.at(-1);
  if (last === undefined) {
    return [];
  }
  const perCall = coresPerCall(steps);
  const { workerMb, idleMb, callMb } = last.memory;
  return CORES.map((cores) => {
    const maxCalls = Math.max(1, Math.floor((cores * PLANNED_SHARE) / perCall));
    const warmMb = Math.min(cores, MOST_WARM) * idleMb;
    const memoryMb = workerMb + warmMb + maxCalls * (callMb.most + GROWTH_MB);
    const atLeastMb = Math.max(memoryMb * HEADROOM, memoryForCalls(maxCalls).neededMb);
    return {
      cores,
      maxCalls,
      memoryMb: Math.round(memoryMb),
      limitMb: Math.ceil(atLeastMb / STEP_MB) * STEP_MB,
    };
  });
}
