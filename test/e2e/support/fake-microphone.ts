import { writeFile } from 'node:fs/promises';
import { synthesize } from '../../../dev/speech/index.js';
import { encodeWav } from '../../../dev/speech/wav.js';

/** What Chromium's fake microphone plays without resampling. */
const SAMPLE_RATE = 48_000;

/**
 * Writes the file that Chromium plays, over and over, instead of a microphone: silence, a sentence, silence.
 * In 16-bit PCM: its fake microphone reads no µ-law.
 */
export async function writeFakeMicrophone(
  file: string,
  text: string,
  { beforeMs, afterMs }: { readonly beforeMs: number; readonly afterMs: number },
): Promise<void> {
  const speech = await synthesize(text, { voice: 'rms', sampleRate: SAMPLE_RATE });
  const silentSamples = (durationMs: number) => (durationMs / 1000) * SAMPLE_RATE;
  const samples = new Int16Array(silentSamples(beforeMs) + speech.length + silentSamples(afterMs));
  samples.set(speech, silentSamples(beforeMs));
  await writeFile(file, encodeWav({ samples, sampleRate: SAMPLE_RATE }));
}
