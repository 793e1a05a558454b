import { describe, expect, it } from 'vitest';
import { ConnectionError } from '../../../src/lifecycle/realtime/connection-error.js';
import {
  DEFAULT_BACKOFF,
  exponentialBackoff,
} from '../../../src/lifecycle/realtime/reconnect-policy.js';

const lost = new ConnectionError('lost', { category: 'connectivity' });
const middle = (): number => 0.5;

describe('exponentialBackoff', () => {
  it('does not wait after a stable connection, then doubles up to its cap', () => {
    const policy = exponentialBackoff({ ...DEFAULT_BACKOFF, capMs: 1_000 }, middle);
    const delays = [0, 1, 2, 3, 4].map((retryCount) =>
      policy.nextRetryDelayInMs({ retryCount, elapsedMs: 0, retryReason: lost }),
    );
    expect(delays).toEqual([0, 250, 500, 1_000, 1_000]);
  });

  it.each([
    [() => 0, 187.5],
    [() => 1, 312.5],
  ])('spreads a delay by a quarter to both sides', (random, delayMs) => {
    const policy = exponentialBackoff(DEFAULT_BACKOFF, random);
    expect(policy.nextRetryDelayInMs({ retryCount: 1, elapsedMs: 0, retryReason: lost })).toBe(
      delayMs,
    );
  });

  it('keeps the bars with jitter at its worst', () => {
    const policy = exponentialBackoff(DEFAULT_BACKOFF, () => 1);
    const delays = [1, 2, 3].map((retryCount) =>
      policy.nextRetryDelayInMs({ retryCount, elapsedMs: 0, retryReason: lost })!,
    );
    expect(delays[0]! + delays[1]!).toBeLessThan(1_200);
    expect(delays.reduce((sum, ms) => sum + ms)).toBeLessThan(2_300);
  });

  it.each([
    [2_000, 2_000],
    [100, 250],
    [20_001, null],
  ])('waits as long as the service asks (%i ms), within reason', (retryAfterMs, expected) => {
    const policy = exponentialBackoff(DEFAULT_BACKOFF, middle);
    const retryReason = new ConnectionError('slow down', { category: 'rate-limit', retryAfterMs });
    expect(policy.nextRetryDelayInMs({ retryCount: 1, elapsedMs: 0, retryReason })).toBe(expected);
  });

  it('stops at once when trying again cannot help', () => {
    const retryReason = new ConnectionError('no', { category: 'authentication', fatal: true });
    expect(
      exponentialBackoff().nextRetryDelayInMs({ retryCount: 0, elapsedMs: 0, retryReason }),
    ).toBeNull();
  });

  it.each([
    ['baseMs', { baseMs: 9 }],
    ['capMs', { baseMs: 500, capMs: 499 }],
    ['factor', { factor: 0.5 }],
    ['jitter', { jitter: 0.6 }],
    ['jitter', { jitter: Number.NaN }],
    ['longestRetryAfterMs', { longestRetryAfterMs: 60_001 }],
  ])('refuses a contradiction, naming %s', (name, change) => {
    expect(() => exponentialBackoff({ ...DEFAULT_BACKOFF, ...change })).toThrow(name);
  });
});
