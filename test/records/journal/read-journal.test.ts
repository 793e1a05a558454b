import fc from 'fast-check';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseJournal, readJournal } from '../../../src/records/journal/read-journal.js';
import { dataFolder } from '../../interview/fake-call.js';

const line = (seq: number) =>
  JSON.stringify({ seq, at: '2026-01-01T12:00:00.000Z', type: 'state', state: 'talking' });

test('a call without a journal has an empty one', async () => {
  const { entries } = await readJournal(join(await dataFolder(), 'none.jsonl'));

  expect(entries).toEqual([]);
});

test('a torn last line is counted, and what is above it stands', () => {
  const whole = `${line(1)}\n${line(2)}\n`;

  for (let cut = 1; cut < line(2).length; cut += 1) {
    const { entries, tornLines, endsTorn } = parseJournal(whole.slice(0, -1 - cut));

    expect(entries.map(({ seq }) => seq)).toEqual([1]);
    expect([tornLines, endsTorn]).toEqual([1, true]);
  }
});

test('a torn line in the middle costs that line and no other', () => {
  const { entries, tornLines } = parseJournal(`${line(1)}\n{"seq":2,"ty\n${line(3)}\n`);

  expect(entries.map(({ seq }) => seq)).toEqual([1, 3]);
  expect(tornLines).toBe(1);
});

test(
  'no text whatever makes the reader throw, or lose the line below it',
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.jsonValue(),
        (text, value) =>
          parseJournal(`${text}\n${JSON.stringify(value)}\n${line(1)}\n`).entries.at(-1)?.seq === 1,
      ),
    );
  },
);
