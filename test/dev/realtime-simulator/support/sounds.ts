import { sampleRate } from '../../../../dev/realtime-simulator/audio/pcm.js';

/** A loud tone: what the detector takes for speech. */
export function tone(ms: number, amplitude = 8000): Int16Array {
  const samples = new Int16Array((ms * sampleRate) / 1000);
  for (let at = 0; at < samples.length; at += 1) {
    samples[at] = Math.round(amplitude * Math.sin((2 * Math.PI * 220 * at) / sampleRate));
  }
  return samples;
}

export function silence(ms: number): Int16Array {
  return new Int16Array((ms * sampleRate) / 1000);
}

export function joined(...parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]));
}
