import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AudioHold } from '../../../src/lifecycle/realtime/audio-hold.js';
import { PlannedRenewal, renewalWithin } from '../../../src/lifecycle/realtime/planned-renewal.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const MINUTE_MS = 60_000;

function planned(maxMs: number) {
  const given = { quietForMs: 0 };
  const renew = vi.fn<(isQuiet: boolean) => void>();
  const renewal = new PlannedRenewal(renewalWithin(maxMs), () => given.quietForMs, renew);
  return { given, renew, renewal };
}

describe('a planned renewal', () => {
  it('leaves a connection alone until its last five minutes', () => {
    const { given, renew, renewal } = planned(55 * MINUTE_MS);
    given.quietForMs = 60_000;
    renewal.opened();
    vi.advanceTimersByTime(50 * MINUTE_MS - 1);
    expect(renew).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(renew).toHaveBeenCalledExactlyOnceWith(true);
  });

  it('waits for a second of quiet, however long that takes', () => {
    const { given, renew, renewal } = planned(55 * MINUTE_MS);
    renewal.opened();
    given.quietForMs = 999;
    vi.advanceTimersByTime(54 * MINUTE_MS);
    expect(renew).not.toHaveBeenCalled();
    given.quietForMs = 1_000;
    vi.advanceTimersByTime(200);
    expect(renew).toHaveBeenCalledExactlyOnceWith(true);
  });

  it('happens when the time is up, whoever is speaking, once', () => {
    const { renew, renewal } = planned(55 * MINUTE_MS);
    renewal.opened();
    vi.advanceTimersByTime(55 * MINUTE_MS - 1);
    expect(renew).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(renew).toHaveBeenCalledExactlyOnceWith(false);
    vi.advanceTimersByTime(120 * MINUTE_MS);
    expect(renew).toHaveBeenCalledOnce();
  });

  it.each([1, 2, 20, 55, 59, 60])(
    'of sessions of %i minutes comes before the service ends them, and not in their first half',
    (minutes) => {
      const { fromMs, byMs } = renewalWithin(minutes * MINUTE_MS);
      expect(fromMs).toBeGreaterThan((minutes * MINUTE_MS) / 2);
      expect(fromMs).toBeLessThan(byMs);
      expect(byMs).toBeLessThan(60 * MINUTE_MS);
    },
  );

  it('counts from the newest connection, and leaves no timer behind', () => {
    const { renew, renewal } = planned(MINUTE_MS);
    renewal.opened();
    vi.advanceTimersByTime(40_000);
    renewal.opened();
    vi.advanceTimersByTime(44_999);
    expect(renew).not.toHaveBeenCalled();
    renewal.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('audio that is held back', () => {
  const frame = (name: string, ms: number) => ({
    name,
    samplesPerChannel: 24 * ms,
    sampleRate: 24_000,
  });

  it('is handed over in order, once', () => {
    const held = new AudioHold<ReturnType<typeof frame>>();
    held.begin();
    held.keep(frame('a', 100));
    held.keep(frame('b', 100));
    expect(held.release().map(({ name }) => name)).toEqual(['a', 'b']);
    expect(held.release()).toEqual([]);
  });

  it('is not kept when nobody asked for it, nor when it has become old', () => {
    const held = new AudioHold<ReturnType<typeof frame>>();
    held.keep(frame('early', 100));
    expect(held.release()).toEqual([]);
    held.begin();
    for (let n = 0; n < 21; n += 1) {
      held.keep(frame('late', 100));
    }
    expect(held.release()).toEqual([]);
  });
});
