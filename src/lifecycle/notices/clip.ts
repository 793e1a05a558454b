import { readFileSync } from 'node:fs';
import { CallError } from '../errors.js';
import { decodeWav, type Pcm } from './wav.js';

/** Below this no sample of a voice stays; 16-bit scale. */
const SILENT_BELOW = 500;
const SHORTEST_MS = 300;
/** The end of a call waits for the clip. */
export const LONGEST_CLIP_MS = 10_000;

/** How long a clip is. */
export function lengthMs({ samples, sampleRate }: Pcm): number {
  return (samples.length / sampleRate) * 1_000;
}

/**
 * Reads a recorded sentence: mono WAV, 16-bit PCM or µ-law, 0.3 to 10 s.
 *
 * @throws {CallError} `UNREADABLE_CLIP` for a file that is missing, broken, silent, or too long to be listened to.
 */
export function readClip(file: string | URL): Pcm {
  const clip = decoded(file);
  const durationMs = Math.round(lengthMs(clip));
  if (durationMs < SHORTEST_MS || durationMs > LONGEST_CLIP_MS) {
    throw unreadable(
      file,
      `it lasts ${durationMs} ms, outside ${SHORTEST_MS} to ${LONGEST_CLIP_MS}`,
    );
  }
  if (!clip.samples.some((sample) => Math.abs(sample) >= SILENT_BELOW)) {
    throw unreadable(file, 'it is silent');
  }
  return clip;
}

function decoded(file: string | URL): Pcm {
  try {
    return decodeWav(readFileSync(file));
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error));
  }
}

function unreadable(file: string | URL, why: string): CallError {
  return new CallError(`the clip ${String(file)} cannot be played: ${why}`, {
    code: 'UNREADABLE_CLIP',
    fault: 'application',
    remedy:
      'Put a mono WAV file there (16-bit PCM or µ-law, 0.3 to 10 s), as clips/README.md says.',
  });
}
