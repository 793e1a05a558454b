import { expect, test } from 'vitest';
import { capacityDocument } from '../../../dev/capacity/document.js';
import type { MeasuredStep } from '../../../dev/capacity/measure-step.js';
import { capacitySummary } from '../../../dev/capacity/report.js';
import { capacityResult, judgedStep } from '../../../dev/capacity/result.js';
import type { Turn } from '../../../dev/capacity/talking-caller.js';

const ANSWER_MS = 5000;

function turn(changes: Partial<Turn> = {}): Turn {
  return { latencyMs: 1300, damage: { gapsMs: [], lostMs: 0 }, endedAtMs: 0, ...changes };
}

/** So many calls with two answers each, which take a quarter of a core of the agent each. */
function step(calls: number, changes: Partial<MeasuredStep> = {}): MeasuredStep {
  return {
    calls,
    firstWordsMs: [900],
    turnsWhileJoining: [],
    turns: Array.from({ length: calls * 2 }, () => turn()),
    concealedMs: 0,
    usage: {
      cores: {
        worker: 0.05 * calls,
        calls: 0.2 * calls,
        idle: 0,
        livekit: 0.05 * calls,
        simulator: 0.1 * calls,
        callers: 0.05 * calls,
      },
      machineShare: 0.2 * calls,
    },
    memory: {
      workerMb: 100,
      idleMb: 90,
      callsMb: Array.from({ length: calls }, () => 150),
      callsRssMb: Array.from({ length: calls }, () => 180),
    },
    callLoopDelayMs: 12,
    ownLoopDelayMs: 20,
    problems: [],
    ...changes,
  };
}

const gap = turn({ damage: { gapsMs: [400], lostMs: 400 } });

test('the figure is the last number of calls before the first that is too much', () => {
  const steps = [step(1), step(2), step(3, { turns: [gap, gap, gap] })];
  const result = capacityResult(steps, ANSWER_MS, 0.1);
  expect(result).toMatchObject({ holds: 2, tooMany: 3 });
  expect(capacitySummary(result)).toContain('holds 2 calls at once');
  expect(capacitySummary(result)).toContain('3 are too many');
});

test('a run that found no end says so', () => {
  const result = capacityResult([step(1), step(2)], ANSWER_MS, 0);
  expect(result).toMatchObject({ holds: 2, tooMany: null });
  expect(capacitySummary(result)).toContain('at least 2 calls');
});

test('a machine that does not hold one call has no sizing', () => {
  const result = capacityResult([step(1, { problems: ['A call did not begin.'] })], ANSWER_MS, 0);
  expect(result).toMatchObject({ holds: 0, tooMany: 1, sizing: [] });
  expect(capacityDocument(result)).toContain('Nothing can be said');
});

test.each<[string, Partial<MeasuredStep>]>([
  ['of the agent’s speech was lost', { turns: [turn(), turn(), turn(), gap] }],
  ['of the agent’s speech was lost', { concealedMs: 300 }],
  [
    'An answer took 5000 ms',
    { turns: [turn(), turn(), turn({ latencyMs: 5000 }), turn({ latencyMs: 5000 })] },
  ],
  ['Only 1 answers were heard in 2 calls', { turns: [turn()] }],
  ['A call failed.', { problems: ['A call failed.'] }],
])('a step is too much: %s', (problem, changes) => {
  const judged = judgedStep(step(2, changes), ANSWER_MS);
  expect(judged.ok).toBe(false);
  expect(judged.problems.join()).toContain(problem);
});

test('what is lost while calls begin is told, and not judged', () => {
  const judged = judgedStep(step(2, { turnsWhileJoining: [gap] }), ANSWER_MS);
  expect(judged).toMatchObject({ ok: true, gapShareWhileJoining: 400 / ANSWER_MS });
});

test('the sizing plans with six tenths of the cores, and gives the container more than is used', () => {
  const { sizing } = capacityResult([step(1), step(2), step(4)], ANSWER_MS, 0);
  expect(sizing.map(({ cores, maxCalls }) => [cores, maxCalls])).toEqual([
    [1, 2],
    [2, 4],
    [4, 9],
    [8, 19],
  ]);
  for (const { maxCalls, memoryMb, limitMb } of sizing) {
    expect(memoryMb).toBeGreaterThan(maxCalls * 150);
    expect(limitMb).toBeGreaterThanOrEqual(memoryMb * 1.25);
    expect(limitMb % 256).toBe(0);
  }
});

test('the document has a row for each step and the sizing', () => {
  const document = capacityDocument(capacityResult([step(1), step(2)], ANSWER_MS, 0));
  expect(document).toContain('| 2 | 0.00 % |');
  expect(document).toContain('| 2 | 4 |');
});
