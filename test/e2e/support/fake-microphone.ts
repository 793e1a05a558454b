import { writeFile } from 'node:fs/promises';
import { synthesize } from '../../../dev/speech/index.js';

/** What Chromium's fake microphone plays without resampling. */
const SAMPLE_RATE = 48_000;

/**
 * Writes the file that Chromium plays, over and over, instead of a microphone: silence, a sentence, silence.
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
  await writeFile(file, [wavHeader(samples.byteLength), samples]);
}

/** Of a WAV file with 16-bit mono PCM; Chromium's fake microphone reads no µ-law. */
function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16); // length of the format
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // mono
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
