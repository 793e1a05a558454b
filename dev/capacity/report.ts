import { figure, percent, type CapacityResult, type CapacityStep } from './result.js';

const HEAD = [
  'calls',
  'lost',
  'gaps',
  'longest',
  'turn',
  'first word',
  'agent',
  'machine',
  'a call',
];

/** The steps and the figure, for a terminal. */
export function capacitySummary(result: CapacityResult): string {
  const table = [HEAD, ...result.steps.map(rowOf)];
  const widths = HEAD.map((_cell, column) =>
    Math.max(...table.map((line) => (line[column] ?? '').length)),
  );
  const lines = table.map((line) =>
    line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '),
  );
  const problems = result.steps.flatMap((step) =>
    step.problems.map((problem) => `${step.calls} calls: ${problem}`),
  );
  return [...lines, ...problems, figure(result)].join('\n');
}

function rowOf(step: CapacityStep): string[] {
  const { worker, calls, idle } = step.usage.cores;
  return [
    String(step.calls),
    percent(step.gapShare + step.concealedShare),
    String(step.gaps),
    `${Math.round(step.longestGapMs)} ms`,
    `${Math.round(step.turnMs.median)} ms`,
    step.firstWordMs.count === 0 ? '–' : `${Math.round(step.firstWordMs.median)} ms`,
    `${(worker + calls + idle).toFixed(2)} cores`,
    `${Math.round(step.usage.machineShare * 100)} %`,
    `${Math.round(step.memory.callMb.median)} MB`,
  ];
}
