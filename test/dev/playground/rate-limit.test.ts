import { describe, expect, it } from 'vitest';
import { RateLimit } from '../../../dev/playground/rate-limit.js';

describe('a rate limit', () => {
  it('allows so many in any window, and says how long until the next', () => {
    let nowMs = 0;
    const rateLimit = new RateLimit({ limit: 2, windowMs: 1000, now: () => nowMs });
    expect(rateLimit.take('sam')).toBe(0);
    nowMs = 400;
    expect(rateLimit.take('sam')).toBe(0);
    nowMs = 900;
    expect(rateLimit.take('sam')).toBe(100);
    nowMs = 1000;
    expect(rateLimit.take('sam')).toBe(0);
    expect(rateLimit.take('sam')).toBe(400);
  });

  it('lets nobody use up what others may', () => {
    const rateLimit = new RateLimit({ limit: 1, windowMs: 1000, now: () => 0 });
    expect([rateLimit.take('sam'), rateLimit.take('sam')]).toEqual([0, 1000]);
    expect(rateLimit.take('kim')).toBe(0);
  });

  it('allows all together ten times as much, however many they are', () => {
    const rateLimit = new RateLimit({ limit: 1, windowMs: 1000, now: () => 0 });
    const waits = Array.from({ length: 12 }, (_, nth) => rateLimit.take(`client ${nth}`));
    expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(10);
  });
});
