import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/schema.js';
import { cutShort, longestCallMs, stopBudget, stopProblems } from '../../src/worker/stop-budget.js';
import { complete } from '../config/complete-environment.js';

const CLOSING_MS = 36_000;

function problemsOf(variables: Record<string, string>) {
  const config = parseConfig({ ...complete, ...variables });
  return stopProblems(config, stopBudget(config.worker.drainTimeoutMs, CLOSING_MS));
}

describe('STOP_GRACE', () => {
  it('is not checked unless it is set', () => {
    expect(problemsOf({ DRAIN_TIMEOUT: '24h' })).toEqual([]);
  });

  it('may be exactly as long as stopping takes', () => {
    expect(problemsOf({ DRAIN_TIMEOUT: '10m', STOP_GRACE: '658s' })).toEqual([]);
  });

  it('is refused when it is shorter, with both ways to mend it', () => {
    expect(problemsOf({ DRAIN_TIMEOUT: '10m', STOP_GRACE: '5m' })).toEqual([
      {
        variable: 'STOP_GRACE',
        problem:
          'is 5m, but stopping may take 658s: DRAIN_TIMEOUT of 10m, 41s to close the last call, and 17s for its records',
        remedy:
          'Set DRAIN_TIMEOUT to 242s at most, or give the container 658s to stop and set STOP_GRACE to that.',
      },
    ]);
  });

  it('cannot be met by draining less when closing alone takes longer', () => {
    expect(problemsOf({ STOP_GRACE: '10s' })[0]?.remedy).toBe(
      'Give the container 1978s to stop and set STOP_GRACE to that.',
    );
  });
});

describe('DRAIN_TIMEOUT', () => {
  const config = parseConfig({ ...complete, CALLER_JOIN_TIMEOUT: '60s', WRAP_UP_TIMEOUT: '20s' });
  const longestMs = longestCallMs(config, 30 * 60_000);

  it('that covers a call from its dispatch to its last word is nothing to speak of', () => {
    expect(longestMs).toBe(20_000 + 60_000 + 30 * 60_000 + 20_000);
    expect(cutShort(stopBudget(longestMs, CLOSING_MS), longestMs)).toBeUndefined();
    expect(cutShort(stopBudget(config.worker.drainTimeoutMs, CLOSING_MS), longestMs)).toBe(
      undefined,
    );
  });

  it('that is shorter is allowed, and said', () => {
    expect(cutShort(stopBudget(longestMs - 1_000, CLOSING_MS), longestMs)).toBe(
      'DRAIN_TIMEOUT is 1899s, but a call may take 1900s: when the worker is stopped, longer ones are ended as worker-shutdown',
    );
  });
});
