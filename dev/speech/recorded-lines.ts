import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { resample } from './resample.js';
import { decodeWav, type Pcm } from './wav.js';

/** Where the recorded lines lie; index.json maps each sentence to its file. */
export const RECORDED_FOLDER = new URL('./recorded/', import.meta.url);

const PAUSE_MS = 250;
const indexSchema = z.record(z.string(), z.string());

let index: Promise<Readonly<Record<string, string>>> | undefined;

/**
 * Lines are recorded sentence by sentence: a framework that hands text to speech synthesis a sentence at
 * a time finds them as well as one that hands over the whole line.
 */
export function sentencesOf(line: string): string[] {
  const plain = line.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  return plain === '' ? [] : plain.split(/(?<=[.!?…]) /u);
}

/** Whether the line has letters that Flite, an English voice, cannot read. */
export function needsRecording(line: string): boolean {
  return /(?!\p{Script=Latin})\p{L}/u.test(line);
}

/** The recording of a line, sentences joined by a short pause; undefined when a sentence has none. */
export async function findRecorded(line: string): Promise<Pcm | undefined> {
  index ??= readIndex();
  const known = await index;
  const files = sentencesOf(line).map((sentence) => known[sentence]);
  if (files.length === 0) {
    return undefined;
  }
  const parts: Pcm[] = [];
  for (const file of files) {
    if (file === undefined) {
      return undefined;
    }
    parts.push(decodeWav(await readFile(new URL(file, RECORDED_FOLDER))));
  }
  return joined(parts);
}

/** The committed index; throws when it is not what record.ts writes. */
export async function readIndex(): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(new URL('index.json', RECORDED_FOLDER), 'utf8');
  return indexSchema.parse(JSON.parse(text));
}

function joined(parts: readonly Pcm[]): Pcm {
  const sampleRate = parts[0]?.sampleRate ?? 16_000;
  const pause = new Int16Array((sampleRate * PAUSE_MS) / 1000);
  const pieces = parts.flatMap((part, at) => {
    const samples = resample(part.samples, part.sampleRate, sampleRate);
    return at === 0 ? [samples] : [pause, samples];
  });
  const whole = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return { samples: whole, sampleRate };
}
