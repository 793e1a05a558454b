import { describe, expect, it } from 'vitest';
import {
  memoryBudget,
  memoryForCalls,
  memoryProblems,
  tooManyCalls,
} from '../../src/worker/memory-budget.js';
import { parseConfig } from '../../src/config/schema.js';
import { complete } from '../config/complete-environment.js';

const budgetOf = (limit: string) =>
  memoryBudget(parseConfig({ ...complete, CALL_MEMORY_LIMIT: limit }));

describe('CALL_MEMORY_LIMIT', () => {
  it('ends the call before LiveKit kills its process, and after it has warned', () => {
    const { warnMb, endMb, killMb } = budgetOf('800MB');
    expect(endMb).toBe(800);
    expect(warnMb).toBeLessThan(endMb);
    expect(killMb).toBeGreaterThan(endMb);
  });

  it('is refused when the machine has not that much: the system would kill the worker first', () => {
    expect(memoryProblems(budgetOf('2GB'), 2048)).toMatchObject([
      {
        variable: 'CALL_MEMORY_LIMIT',
        remedy: 'Set it to 819MB or less, or run it with more memory.',
      },
    ]);
    expect(memoryProblems(budgetOf('1GB'), 2048)).toEqual([]);
  });
});

describe('MAX_CALLS', () => {
  it('is told to be too much when the calls need more memory than there is, and not before', () => {
    const { neededMb } = memoryForCalls(4);
    expect(tooManyCalls(4, { neededMb, availableMb: neededMb - 1 })).toContain('MAX_CALLS is 4');
    expect(tooManyCalls(4, { neededMb, availableMb: neededMb })).toBeUndefined();
  });
});
