import { totalmem } from 'node:os';
import type { ConfigProblem } from '../config/config-error.js';
import type { Config } from '../config/schema.js';
import { formatSize } from '../config/sizes.js';

/** What one job process may take, in megabytes, step by step. */
export interface MemoryBudget {
  /** The framework warns. */
  readonly warnMb: number;
  /** The call ends as `crashed`, its record complete: see src/lifecycle/job-guard.ts. */
  readonly endMb: number;
  /** The framework kills the process, for a call that could not end. */
  readonly killMb: number;
}

const WARN_AT = 0.75;
const KILL_AT = 1.25;
const MEGABYTE = 2 ** 20;

export function memoryBudget({ limits }: Pick<Config, 'limits'>): MemoryBudget {
  const { memoryMb } = limits;
  return { warnMb: memoryMb * WARN_AT, endMb: memoryMb, killMb: memoryMb * KILL_AT };
}

/** What contradicts itself in how much memory a call may take, or nothing. */
export function memoryProblems(
  { endMb, killMb }: MemoryBudget,
  availableMb = availableMegabytes(),
): ConfigProblem[] {
  return killMb <= availableMb
    ? []
    : [
        {
          variable: 'CALL_MEMORY_LIMIT',
          problem:
            `is ${formatSize(endMb)}, but there are ${formatSize(Math.floor(availableMb))} for all calls and the ` +
            'worker: the system would kill the worker and every call before one reaches its limit',
          remedy: `Set it to ${formatSize(Math.floor(availableMb / KILL_AT / 2))} or less, or run it with more memory.`,
        },
      ];
}

/** The worker, and one process that waits for a call; and what a call needs (docs/benchmarks.md). */
const WORKER_MB = 350;
const CALL_MB = 200;

/** What the worker needs with so many calls, and what there is, in whole megabytes. */
export function memoryForCalls(calls: number): { neededMb: number; availableMb: number } {
  return { neededMb: WORKER_MB + calls * CALL_MB, availableMb: Math.floor(availableMegabytes()) };
}

/** Why so many calls are too many for the memory there is, or undefined. Told, not refused: what a call needs is a guess. */
export function tooManyCalls(
  calls: number,
  { neededMb, availableMb } = memoryForCalls(calls),
): string | undefined {
  return neededMb <= availableMb
    ? undefined
    : `MAX_CALLS is ${calls}, which needs about ${neededMb} MB, and there are ${availableMb}: the system would kill the worker and every call`;
}

/** Of this machine, or of the container that it runs in. */
function availableMegabytes(): number {
  // 0 or a very large number where there is no limit.
  const container = process.constrainedMemory();
  const all = totalmem();
  return (container > 0 ? Math.min(container, all) : all) / MEGABYTE;
}
