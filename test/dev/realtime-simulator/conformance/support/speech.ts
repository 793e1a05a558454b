import { synthesize } from '../../../../../dev/speech/index.js';

const BYTES_PER_100_MS = 4800;
/** Longer than any turn detection waits. */
const SILENCE_MS = 1500;

/** A spoken line and the silence after it, as 100 ms of 24 kHz PCM16 each. */
export async function spoken(line: string): Promise<Buffer[]> {
  const samples = await synthesize(line, { voice: 'rms' });
  const silence = Buffer.alloc((BYTES_PER_100_MS / 100) * SILENCE_MS);
  const audio = Buffer.concat([Buffer.from(samples.buffer), silence]);
  return Array.from({ length: Math.floor(audio.length / BYTES_PER_100_MS) }, (_, index) =>
    audio.subarray(index * BYTES_PER_100_MS, (index + 1) * BYTES_PER_100_MS),
  );
}
