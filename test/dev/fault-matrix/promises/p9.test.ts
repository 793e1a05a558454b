import { expect, it } from 'vitest';
import { p9 } from '../../../../dev/fault-matrix/promises/p9.js';
import { evidence, journal, promising } from '../support/evidence.js';

const row = promising({ records: 'torn-off', exit: 'killed' });
const { heard } = evidence();
const said = { ...heard, sentences: ['Welcome, I am Ada.', 'Thank you.', 'And then'] };
const utterance = (text: string) =>
  ({ type: 'utterance', role: 'agent', text, itemId: text, saidAt: '' }) as const;

it('breaks when nothing is on disk', () => {
  expect(p9.broken(evidence({ row, journal: null }))).toEqual(['there is no journal']);
});

it('breaks when a sentence before the last one is lost', () => {
  const written = journal(utterance('Welcome, I am Ada.'));
  expect(p9.broken(evidence({ row, heard: said, journal: written }))).toEqual(['lost: Thank you.']);
});

it('is kept when only the sentence being spoken is lost', () => {
  const written = journal(utterance('Welcome, I am Ada.'), utterance('Thank you.'));
  expect(p9.broken(evidence({ row, heard: said, journal: written }))).toEqual([]);
});

it('allows one torn line to a process that was killed, and none to any other', () => {
  const torn = { ...journal(), tornLines: 1 };
  expect(p9.broken(evidence({ row, journal: torn }))).toEqual([]);
  expect(p9.broken(evidence({ journal: torn }))).toEqual(['1 lines are torn']);
});
