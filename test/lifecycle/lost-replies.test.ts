import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallError } from '../../src/lifecycle/errors.js';
import { LostReplies } from '../../src/lifecycle/lost-replies.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const cause = new CallError('rate limit', {
  code: 'MODEL_FAILED',
  fault: 'model',
  remedy: 'Wait.',
  category: 'rate-limit',
});

function lostReplies() {
  const ask = vi.fn();
  const tell = vi.fn();
  const gaveUp = vi.fn();
  return { replies: new LostReplies({ ask, tell, gaveUp }), ask, tell, gaveUp };
}

describe('a reply that failed', () => {
  it('is asked for again after 1, 2 and 4 s, and not a fourth time', () => {
    const { replies, ask, tell, gaveUp } = lostReplies();
    for (const [nth, ms] of [1_000, 2_000, 4_000].entries()) {
      expect(replies.failed(cause)).toBe(true);
      vi.advanceTimersByTime(ms - 1);
      expect(ask).toHaveBeenCalledTimes(nth);
      vi.advanceTimersByTime(1);
      expect(ask).toHaveBeenCalledTimes(nth + 1);
    }
    expect(gaveUp).not.toHaveBeenCalled();
    expect(replies.failed(cause)).toBe(false);
    expect(gaveUp).toHaveBeenCalledExactlyOnceWith(cause);
    vi.advanceTimersByTime(60_000);
    expect(ask).toHaveBeenCalledTimes(3);
    expect(tell).toHaveBeenLastCalledWith({ type: 'reply-lost', againInMs: 4_000, cause });
  });

  it('starts from the beginning once the agent was heard', () => {
    const { replies, ask } = lostReplies();
    replies.failed(cause);
    vi.advanceTimersByTime(1_000);
    replies.heard();
    replies.failed(cause);
    vi.advanceTimersByTime(1_000);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('is not asked for when the caller speaks before: what they say now is answered', () => {
    const { replies, ask } = lostReplies();
    replies.failed(cause);
    replies.drop();
    vi.advanceTimersByTime(60_000);
    expect(ask).not.toHaveBeenCalled();
  });
});

describe('a reply that went with its connection', () => {
  it('is asked for at once on the next one', () => {
    const { replies, ask } = lostReplies();
    expect(replies.lost(cause, true)).toBe(true);
    vi.advanceTimersByTime(0);
    expect(ask).toHaveBeenCalledExactlyOnceWith(true);
  });

  it('is given up after three in a row of which nothing was heard', () => {
    const { replies, gaveUp } = lostReplies();
    expect([1, 2, 3, 4].map(() => replies.lost(cause, false))).toEqual([true, true, true, false]);
    expect(gaveUp).toHaveBeenCalledExactlyOnceWith(cause);
  });
});
