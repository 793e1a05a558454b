import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RejoinGrace } from '../../src/lifecycle/rejoin-grace.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const left = { reason: 'caller-left', why: 'client-initiated' } as const;
const lost = { reason: 'livekit-lost', why: 'the-caller-did-not-come-back' } as const;

function graceOf(graceMs: number, isEnding = false) {
  const [end, tell] = [vi.fn(), vi.fn()];
  return { end, tell, grace: new RejoinGrace({ graceMs, isEnding: () => isEnding, end, tell }) };
}

it('ends the call when the caller stays away for longer than the grace, and not before', () => {
  const { grace, end, tell } = graceOf(60_000);
  expect(grace.away(left)).toBe(true);
  expect(grace.isAway).toBe(true);
  vi.advanceTimersByTime(59_999);
  expect(end).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(end.mock.calls).toEqual([['caller-left', 'client-initiated']]);
  expect(tell.mock.calls).toEqual([
    [{ type: 'caller-away', why: 'client-initiated', graceMs: 60_000 }],
  ]);
});

it('goes on with a caller who comes back, and says how long they were away', () => {
  const { grace, end, tell } = graceOf(60_000);
  grace.away(left);
  vi.advanceTimersByTime(7_000);
  grace.back();
  vi.advanceTimersByTime(120_000);
  expect(end).not.toHaveBeenCalled();
  expect(grace.isAway).toBe(false);
  expect(tell).toHaveBeenLastCalledWith({ type: 'caller-back', awayMs: 7_000 });
});

it('waits for nobody without a grace, or when the call has its end', () => {
  for (const { grace, end } of [graceOf(0), graceOf(60_000, true)]) {
    expect(grace.away(left)).toBe(false);
    expect(end).toHaveBeenCalledOnce();
  }
});

it('gives clients that LiveKit lost the time they need, whatever the grace', () => {
  const { grace, end } = graceOf(0);
  expect(grace.away(lost)).toBe(true);
  vi.advanceTimersByTime(14_999);
  expect(end).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(end.mock.calls).toEqual([['livekit-lost', 'the-caller-did-not-come-back']]);
});

it('ends nothing any more once it is stopped', () => {
  const { grace, end } = graceOf(60_000);
  grace.away(left);
  grace.stop();
  vi.advanceTimersByTime(120_000);
  expect(end).not.toHaveBeenCalled();
});
