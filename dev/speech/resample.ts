/**
 * Linear interpolation between two sample rates (Hz). Good enough for speech that is about to be cut into
 * 24 kHz realtime frames; not for music.
 */
export function resample(samples: Int16Array, fromRate: number, toRate: number): Int16Array {
  if (fromRate === toRate) {
    return samples.slice();
  }
  const resampled = new Int16Array(Math.floor((samples.length * toRate) / fromRate));
  for (let index = 0; index < resampled.length; index += 1) {
    const position = (index * fromRate) / toRate;
    const left = Math.floor(position);
    const from = samples[left] ?? 0;
    const to = samples[left + 1] ?? from;
    resampled[index] = Math.round(from + (to - from) * (position - left));
  }
  return resampled;
}
