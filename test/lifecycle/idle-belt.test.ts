import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reasonFor } from '../../src/lifecycle/errors.js';
import { IdleBelt, idleError } from '../../src/lifecycle/idle-belt.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const FIVE_MINUTES_MS = 300_000;

function belted() {
  const idle = vi.fn();
  return { belt: new IdleBelt(FIVE_MINUTES_MS, idle), idle };
}

describe('the idle belt', () => {
  it('ends a call in which neither side is heard, once', () => {
    const { belt, idle } = belted();
    belt.start();
    vi.advanceTimersByTime(FIVE_MINUTES_MS - 1);
    expect(idle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(FIVE_MINUTES_MS);
    expect(idle).toHaveBeenCalledOnce();
  });

  it('counts from the last that was heard', () => {
    const { belt, idle } = belted();
    belt.start();
    vi.advanceTimersByTime(200_000);
    belt.heard();
    vi.advanceTimersByTime(FIVE_MINUTES_MS - 1);
    expect(idle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(idle).toHaveBeenCalledOnce();
  });

  it('holds one timer, however often somebody is heard, and none when it is taken off', () => {
    const { belt, idle } = belted();
    belt.start();
    for (let frame = 0; frame < 1_000; frame += 1) {
      belt.heard();
    }
    belt.start();
    expect(vi.getTimerCount()).toBe(1);
    belt.stop();
    vi.advanceTimersByTime(FIVE_MINUTES_MS);
    expect(vi.getTimerCount()).toBe(0);
    expect(idle).not.toHaveBeenCalled();
  });

  it('does not begin to count by being told that somebody is heard', () => {
    const { belt } = belted();
    belt.heard();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the end of an idle call', () => {
  it('is the model’s fault when a reply was due, else the caller was silent', () => {
    expect(reasonFor(idleError(FIVE_MINUTES_MS, true))).toBe('model-unavailable');
    expect(idleError(FIVE_MINUTES_MS, true)).toMatchObject({ fault: 'model', category: 'idle' });
    expect(idleError(FIVE_MINUTES_MS, false)).toMatchObject({ fault: 'caller', category: 'idle' });
  });
});
