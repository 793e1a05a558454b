import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPulse } from '../../src/lifecycle/pulse.js';

const MEGABYTE = 2 ** 20;
let nowMs = 0;
let usedMb = 200;
const told: string[] = [];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  nowMs = 0;
  usedMb = 200;
  told.length = 0;
  stop = watchPulse(
    800,
    {
      stalled: (ms) => told.push(`stalled ${ms}`),
      outgrown: (mb) => told.push(`outgrown ${mb}`),
    },
    { now: () => nowMs, residentBytes: () => usedMb * MEGABYTE },
  );
});
afterEach(() => {
  stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Lets the next beat come, `lateMs` after its time. */
function beat(lateMs = 0): void {
  nowMs += 500 + lateMs;
  vi.advanceTimersByTime(500);
}

describe('an event loop that stood still', () => {
  it('is told of with how long, from one second on', () => {
    beat(999);
    expect(told).toEqual([]);
    beat(5_000);
    expect(told).toEqual(['stalled 5000']);
  });

  it('is told of every 30 s at most, however often it stalls', () => {
    for (let nth = 0; nth < 40; nth += 1) {
      beat(2_000);
    }
    expect(told).toHaveLength(4);
  });
});

describe('memory that has outgrown its limit', () => {
  it('is told of once', () => {
    usedMb = 800;
    beat();
    expect(told).toEqual([]);
    usedMb = 801;
    beat();
    beat();
    expect(told).toEqual(['outgrown 801']);
  });
});
