import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ConnectionBudget,
  DEFAULT_BUDGET,
} from '../../../src/lifecycle/realtime/connection-budget.js';

describe('ConnectionBudget', () => {
  it('allows four attempts in a row', () => {
    const budget = new ConnectionBudget();
    expect(budget.refusal(0, 3, 0)).toBeUndefined();
    expect(budget.refusal(0, 4, 0)).toBe('4 attempts in a row without a completed response');
  });

  it('ends an outage after twenty seconds', () => {
    const budget = new ConnectionBudget();
    expect(budget.refusal(29_999, 1, 10_000)).toBeUndefined();
    expect(budget.refusal(30_000, 1, 10_000)).toBe('no connection within 20000 ms');
    expect(budget.leftMs(12_000, 10_000)).toBe(18_000);
  });

  it('allows six attempts a minute, and gives one back for a completed response', () => {
    const budget = new ConnectionBudget();
    for (let n = 0; n < 6; n += 1) {
      budget.attempted(n * 1_000);
    }
    expect(budget.refusal(6_000, 0, 6_000)).toBe('6 connections within a minute');
    budget.completed();
    expect(budget.refusal(6_000, 0, 6_000)).toBeUndefined();
  });

  it('forgets an attempt after a minute', () => {
    const budget = new ConnectionBudget();
    for (let n = 0; n < 6; n += 1) {
      budget.attempted(n * 1_000);
    }
    expect(budget.refusal(59_999, 0, 59_999)).toBeDefined();
    expect(budget.refusal(60_000, 0, 60_000)).toBeUndefined();
  });

  it('allows thirty attempts in ten minutes, whatever they achieved', () => {
    const budget = new ConnectionBudget();
    for (let n = 0; n < 30; n += 1) {
      budget.attempted(n * 1_000);
      budget.completed();
    }
    expect(budget.refusal(30_000, 0, 30_000)).toBe('30 connections within ten minutes');
    expect(budget.refusal(600_000, 0, 600_000)).toBeUndefined();
  });

  it('never allows more than thirty in any ten minutes, nor six unpaid in any minute', () => {
    const step = fc.record({ waitMs: fc.nat(40_000), completes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const budget = new ConnectionBudget();
        const made: { atMs: number; completed: boolean }[] = [];
        let nowMs = 0;
        for (const { waitMs, completes } of steps) {
          nowMs += waitMs;
          if (budget.refusal(nowMs, 0, nowMs) === undefined) {
            budget.attempted(nowMs);
            made.push({ atMs: nowMs, completed: completes });
            if (completes) {
              budget.completed();
            }
          }
          const within = (ms: number) => made.filter(({ atMs }) => nowMs - atMs < ms);
          expect(within(600_000).length).toBeLessThanOrEqual(30);
          const minute = within(60_000);
          const completed = minute.filter((one) => one.completed).length;
          expect(minute.length - completed).toBeLessThanOrEqual(6);
        }
      }),
    );
  });

  it.each([
    ['attemptsInARow', { attemptsInARow: 0 }],
    ['perMinute', { perMinute: 3 }],
    ['perTenMinutes', { perTenMinutes: 5 }],
    ['outageMs', { outageMs: 20 }],
  ])('refuses a contradiction, naming %s', (name, change) => {
    expect(() => new ConnectionBudget({ ...DEFAULT_BUDGET, ...change })).toThrow(name);
  });
});
