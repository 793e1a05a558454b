import { describe, expect, it } from 'vitest';
import { TrackMix } from '../../../dev/caller/track-mix.js';

const frame = (...samples: number[]): Int16Array => Int16Array.from(samples);

describe('one ear for several tracks', () => {
  it('hears a single track as it is', () => {
    const mix = new TrackMix();
    expect(mix.push('a', frame(1, 2))).toEqual(frame(1, 2));
    expect(mix.push('a', frame(3, 4))).toEqual(frame(3, 4));
  });

  it('adds up what two tracks say at once, so that it is not heard as twice as long', () => {
    const mix = new TrackMix();
    mix.push('a', frame(0, 0));
    expect(mix.push('b', frame(5, 30_000))).toBeUndefined();
    expect(mix.push('a', frame(1, 30_000))).toEqual(frame(6, 32_767));
    expect(mix.push('a', frame(7, 7))).toEqual(frame(7, 7));
  });

  it('goes on with the other track when the first is gone', () => {
    const mix = new TrackMix();
    mix.push('a', frame(0));
    mix.push('b', frame(1));
    expect(mix.remove('a')).toBe(false);
    expect(mix.push('b', frame(2))).toEqual(frame(2));
    expect(mix.remove('b')).toBe(true);
  });
});
