import type { ConfigProblem } from '../../config/config-error.js';
import { formatDuration } from '../../config/durations.js';
import type { Config } from '../../config/schema.js';
import { closingMs } from '../../lifecycle/index.js';
import { observers } from '../../observers.js';
import { memoryBudget, memoryForCalls, memoryProblems } from '../../worker/memory-budget.js';
import { stopBudget, stopProblems } from '../../worker/stop-budget.js';
import type { Check } from '../check.js';
import { well, wrong, type Finding } from '../finding.js';

/** Whether the times for stopping, and the memory for calls, go together. */
export const limits: Check = {
  name: 'limits',
  async run(config) {
    return [stopping(config), memory(config), calls(config)];
  },
};

function stopping(config: Config): Finding {
  const { worker, limits: callLimits } = config;
  const budget = stopBudget(worker.drainTimeoutMs, closingMs(observers(config).length, callLimits));
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
