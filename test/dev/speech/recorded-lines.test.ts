import { readdir, readFile, stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { linesToRecord } from '../../../dev/speech/lines-to-record.js';
import {
  findRecorded,
  needsRecording,
  readIndex,
  RECORDED_FOLDER,
  sentencesOf,
} from '../../../dev/speech/recorded-lines.js';
import { decodeWav } from '../../../dev/speech/wav.js';

const HOW = 'run `node --import tsx dev/speech/record.ts` and commit dev/speech/recorded';

describe('the recorded lines', () => {
  test('are all there: whatever a scenario says in another alphabet was recorded', async () => {
    const lines = (await linesToRecord()).filter(({ source }) => source === 'scenario');
    expect(lines.length).toBeGreaterThan(0);
    const index = await readIndex();
    const missing = lines.map(({ sentence }) => sentence).filter((line) => !(line in index));
    expect(missing, HOW).toEqual([]);
  });

  test('have no file too many, and are small', async () => {
    const index = await readIndex();
    const files = (await readdir(RECORDED_FOLDER)).filter((name) => name !== 'index.json');
    expect(files.sort(), HOW).toEqual(Object.values(index).sort());
    const sizes = await Promise.all(
      files.map(async (name) => (await stat(new URL(name, RECORDED_FOLDER))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
  });

  test('can each be heard', async () => {
    for (const [line, file] of Object.entries(await readIndex())) {
      const { samples, sampleRate } = decodeWav(await readFile(new URL(file, RECORDED_FOLDER)));
      const loudness = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
      expect(samples.length / sampleRate, line).toBeGreaterThan(0.4);
      expect(loudness, line).toBeGreaterThan(500);
    }
  });

  test('are found by sentence or by the whole line, with a pause between', async () => {
    const [first, second] = (await linesToRecord()).map(({ sentence }) => sentence);
    const one = await findRecorded(first!);
    const other = await findRecorded(second!);
    const both = await findRecorded(`  ${first!}\n${second!}`);
    expect(both?.samples.length).toBe(one!.samples.length + other!.samples.length + 4000);
    expect(await findRecorded(`${first!} Этого никто не записывал.`)).toBeUndefined();
    expect(await findRecorded('')).toBeUndefined();
  });
});

describe('a line', () => {
  test.each([
    ['Hello, naïve Zoë, 5 €!', false],
    ['Привет', true],
    ['Say «да» now', true],
    ['こんにちは', true],
    ['… 100 % —', false],
  ])('%s needs a recording: %s', (line, needed) => {
    expect(needsRecording(line)).toBe(needed);
  });

  test('is split where a sentence ends, not inside a number', () => {
    expect(sentencesOf('Да! Нет? Стоит 3.50 рубля. Ну…  Всё')).toEqual([
      'Да!',
      'Нет?',
      'Стоит 3.50 рубля.',
      'Ну…',
      'Всё',
    ]);
  });
});
