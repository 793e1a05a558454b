import { describe, expect, it } from 'vitest';
import { RateLimit } from '../../../dev/playground/rate-limit.js';

describe('a rate limit', () => {
  it('allows so many in any window, and says how long until the next', () => {
    let nowMs = 0;
    const rateLimit = new RateLimit({ limit: 2, windowMs: 1000, now: () => nowMs });
    expect(rateLimit.take()).toBe(0);
    nowMs = 400;
    expect(rateLimit.take()).toBe(0);
    nowMs = 900;
    expect(rateLimit.take()).toBe(100);
    nowMs = 1000;
    expect(rateLimit.take()).toBe(0);
    expect(rateLimit.take()).toBe(400);
  });
});
