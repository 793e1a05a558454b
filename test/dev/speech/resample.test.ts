import { describe, expect, test } from 'vitest';
import { resample } from '../../../dev/speech/resample.js';

describe('resampling', () => {
  test('keeps a tone where it was in time and pitch', () => {
    const tone = (rate: number): Int16Array =>
      Int16Array.from(
        { length: rate },
        (_, at) => 10_000 * Math.sin((2 * Math.PI * 300 * at) / rate),
      );
    const resampled = resample(tone(16_000), 16_000, 24_000);
    expect(resampled).toHaveLength(24_000);
    // The last sample has no right neighbour to lean on.
    const differences = tone(24_000).map((sample, at) => Math.abs(sample - resampled[at]!));
    expect(Math.max(...differences.subarray(0, -1))).toBeLessThan(100);
  });

  test('to the same rate gives samples of its own, so that a cache stays as it is', () => {
    const samples = Int16Array.of(1, 2, 3);
    const copy = resample(samples, 16_000, 16_000);
    copy[0] = 9;
    expect([...samples]).toEqual([1, 2, 3]);
  });
});
