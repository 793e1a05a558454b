/** Samples a second of everything spoken to or by the simulator. */
export const sampleRate = 24_000;
const bytesPerMs = (sampleRate / 1000) * 2;

/** Length of PCM16 mono audio, given its size in bytes. */
export function bytesToMs(bytes: number): number {
  return bytes / bytesPerMs;
}

/** Size in bytes of `ms` of PCM16 mono audio; always an even number. */
export function msToBytes(ms: number): number {
  return Math.round(ms * (sampleRate / 1000)) * 2;
}

/** The samples of little-endian PCM16; an odd last byte is dropped. */
export function samplesOf(bytes: Buffer): Int16Array {
  const samples = new Int16Array(bytes.length >> 1);
  for (let at = 0; at < samples.length; at += 1) {
    samples[at] = bytes.readInt16LE(at * 2);
  }
  return samples;
}

/** Little-endian bytes of PCM16 samples. */
export function bytesOf(samples: Int16Array): Buffer {
  const bytes = Buffer.allocUnsafe(samples.length * 2);
  samples.forEach((sample, at) => bytes.writeInt16LE(sample, at * 2));
  return bytes;
}
