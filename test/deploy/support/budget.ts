import { loadInterviews } from '../../../src/interview/load-interviews.js';
import { longestTalkMs } from '../../../src/interview/plan-limits.js';
import { parseConfig } from '../../../src/config/schema.js';
import { closingMs } from '../../../src/lifecycle/index.js';
import { observers } from '../../../src/observers.js';
import { memoryBudget, memoryForCalls, memoryProblems } from '../../../src/worker/memory-budget.js';
import { longestCallMs, stopBudget } from '../../../src/worker/stop-budget.js';
import { complete } from '../../config/complete-environment.js';

/** What a worker with this environment asks of whoever runs it. */
export function demandsOf(variables: Readonly<Record<string, string>>) {
  // What compose leaves empty is not given.
  const given = Object.entries(variables).filter(([, value]) => value !== '');
  const config = parseConfig({ ...complete, ...Object.fromEntries(given) });
  const { worker, limits } = config;
  const { length } = observers(config, Promise.resolve(undefined));
  const { totalMs } = stopBudget(worker.drainTimeoutMs, closingMs(length, limits));
  const plans = loadInterviews(config.interview).values();
  return {
    longestCallMs: longestCallMs(config, longestTalkMs(plans, limits.maxDurationMs)),
    drainMs: worker.drainTimeoutMs,
    /** From the signal to the end of the worker. */
    stoppingMs: totalMs,
    stopGraceMs: worker.stopGraceMs,
    memoryMb: memoryForCalls(worker.maxCalls).neededMb,
    /** What is wrong when there is so much memory. */
    memoryProblems: (availableMb: number) => memoryProblems(memoryBudget(config), availableMb),
  };
}

const UNIT_MB: Readonly<Record<string, number>> = { m: 1, g: 1024, Mi: 1, Gi: 1024 };

/** Memory as compose or Kubernetes writes it, in megabytes. */
export function megabytes(written: string): number {
  const [, amount, unit = ''] = /^(\d+)(m|g|Mi|Gi)$/.exec(written) ?? [];
  const each = UNIT_MB[unit];
  if (amount === undefined || each === undefined) {
    throw new Error(`"${written}" is no amount of memory.`);
  }
  return Number(amount) * each;
}
