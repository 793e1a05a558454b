import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Closing } from '../../src/lifecycle/closing.js';

const limits = {
  callerJoinMs: 60_000,
  wrapUpMs: 20_000,
  flushMs: 10_000,
  idleMs: 300_000,
  maxDurationMs: 2_700_000,
  timeHintMs: 180_000,
  silenceMs: 30_000,
  rejoinGraceMs: 60_000,
  memoryMb: 800,
};
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const happened: string[] = [];
const call = {
  flush: async () => void happened.push('flush'),
  leave: async () => {
    happened.push('leave');
    throw new Error('not connected');
  },
};
const exit = (code: number): void => void happened.push(`exit ${code}`);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  happened.length = 0;
});
afterEach(() => vi.useRealTimers());

vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => new Promise((resolve) => globalThis.setTimeout(resolve, ms)),
}));

describe('a call whose session does not close', () => {
  it('is flushed all the same, leaves the room, and its process ends', async () => {
    void new Closing(2, limits).finish(call, log, exit);
    await vi.advanceTimersByTimeAsync(7_999);
    expect(happened).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(happened).toEqual(['flush', 'leave']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(happened).toEqual(['flush', 'leave', 'exit 70']);
  });
});

describe('the time a call has to close', () => {
  it('covers every observer’s own', () => {
    expect(new Closing(2, limits).limits.flushMs).toBe(10_000);
    const [two, three] = [new Closing(2, limits).totalMs, new Closing(3, limits).totalMs];
    expect(three - two).toBe(10_000);
  });

  it('is short enough once the worker is gone: the framework then ends the process after 12.5 s', async () => {
    const closing = new Closing(3, limits);
    closing.orphaned();
    const { framework, flush } = closing.time;
    expect(1_000 + framework + flush).toBeLessThan(12_500);
    expect(closing.limits.flushMs * 3).toBe(flush);
    void closing.finish(call, log, exit);
    await vi.advanceTimersByTimeAsync(framework);
    expect(happened).toEqual(['flush', 'leave']);
  });
});
