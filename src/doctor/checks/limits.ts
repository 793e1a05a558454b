import type { ConfigProblem } from '../../config/config-error.js';
import { formatDuration } from '../../config/durations.js';
import type { Config } from '../../config/schema.js';
import { loadInterviews } from '../../interview/load-interviews.js';
import { longestTalkMs } from '../../interview/plan-limits.js';
import { closingMs } from '../../lifecycle/index.js';
import { observers } from '../../observers.js';
import { memoryBudget, memoryForCalls, memoryProblems } from '../../worker/memory-budget.js';
import { cutShort, longestCallMs, stopBudget, stopProblems } from '../../worker/stop-budget.js';
import type { Check } from '../check.js';
import { well, wrong, type Finding } from '../finding.js';

/** Whether the times for stopping, and the memory for calls, go together. */
export const limits: Check = {
  name: 'limits',
  async run(config) {
    return [stopping(config), draining(config), memory(config), calls(config)];
  },
};

function stopping(config: Config): Finding {
  const { worker } = config;
  const budget = budgetOf(config);
  const [problem] = stopProblems(config, budget);
  if (problem !== undefined) {
    return fromProblem(
      'grace period',
      problem,
      'Calls would be killed in mid-sentence when the worker is stopped.',
    );
  }
  return well(
    'grace period',
    worker.stopGraceMs === undefined
      ? `stopping takes ${formatDuration(budget.totalMs)} at most: whoever stops the worker has to wait that long (STOP_GRACE checks it)`
      : `${formatDuration(worker.stopGraceMs)}, of which stopping takes ${formatDuration(budget.totalMs)} at most`,
  );
}

function draining(config: Config): Finding {
  const plans = loadInterviews(config.interview).values();
  const longestMs = longestCallMs(config, longestTalkMs(plans, config.limits.maxDurationMs));
  const cut = cutShort(budgetOf(config), longestMs);
  return cut === undefined
    ? well('time to drain', `covers the longest call, ${formatDuration(longestMs)}`)
    : wrong('time to drain', {
        what: cut,
        why: 'Callers are cut off in mid-sentence by every update of the worker.',
        fix: `Set DRAIN_TIMEOUT to ${formatDuration(longestMs)} or more, or limit the interviews (MAX_DURATION, limits.maxDuration).`,
      });
}

function budgetOf(config: Config) {
  const { length } = observers(config, Promise.resolve(undefined));
  return stopBudget(config.worker.drainTimeoutMs, closingMs(length, config.limits));
}

function memory(config: Config): Finding {
  const [problem] = memoryProblems(memoryBudget(config));
  return problem === undefined
    ? well('memory of a call', 'its limit lies below what the machine has')
    : fromProblem('memory of a call', problem, 'The system would kill the worker and every call.');
}

function calls({ worker }: Config): Finding {
  const { neededMb, availableMb } = memoryForCalls(worker.maxCalls);
  return neededMb <= availableMb
    ? well(
        'memory for MAX_CALLS',
        `${worker.maxCalls} calls need about ${neededMb} of ${availableMb} MB`,
      )
    : wrong('memory for MAX_CALLS', {
        what: `${worker.maxCalls} calls need about ${neededMb} MB, and there are ${availableMb}`,
        why: 'When memory runs out the system kills the worker and every call.',
        fix: 'Lower MAX_CALLS, or give the machine or the container more memory.',
      });
}

function fromProblem(check: string, { variable, problem, remedy }: ConfigProblem, why: string) {
  return wrong(check, { what: `${variable} ${problem}`, why, fix: remedy });
}
