import { expect, it } from 'vitest';
import { p5 } from '../../../../dev/fault-matrix/promises/p5.js';
import { evidence, journal, journalOf, promising } from '../support/evidence.js';

const [talking, closing, outcome] = journalOf('caller-left').entries;

it('breaks when there is no record, or none of the end', () => {
  expect(p5.broken(evidence({ journal: null }))).toContain('there is no journal');
  expect(p5.broken(evidence({ journal: journal(talking!) }))).toEqual([
    'the journal has 0 outcomes',
  ]);
});

it('breaks when the end was written twice', () => {
  const twice = journal(talking!, outcome!, outcome!);
  expect(p5.broken(evidence({ journal: twice }))).toContain('the journal has 2 outcomes');
});

it('breaks when something was written after the end, or out of order', () => {
  expect(p5.broken(evidence({ journal: journal(talking!, outcome!, closing!) }))).toContain(
    'something was written after the outcome',
  );
  const { entries } = journalOf('caller-left');
  const unordered = {
    entries: entries.map((one) => ({ ...one, seq: 1 })),
    tornLines: 0,
    endsTorn: false,
  };
  expect(p5.broken(evidence({ journal: unordered }))).toEqual([
    'the journal’s entries are not in order',
  ]);
});

it('breaks when telemetry was not told of a bad end exactly once', () => {
  const bad = journalOf('model-unavailable');
  expect(p5.broken(evidence({ journal: bad }))).toEqual([
    'telemetry was told 0 times of the end, not 1',
  ]);
  const message = 'A call ended badly: model-unavailable';
  expect(p5.broken(evidence({ journal: bad, telemetry: [message] }))).toEqual([]);
  expect(p5.broken(evidence({ journal: bad, telemetry: [message, message] }))).toHaveLength(1);
});

it('says nothing of a process that was given no time', () => {
  expect(p5.applies(evidence({ row: promising({ records: 'torn-off' }) }))).toBe(false);
  expect(p5.applies(evidence({ subject: 'bare' }))).toBe(false);
});
