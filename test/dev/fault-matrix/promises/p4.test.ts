import { expect, it } from 'vitest';
import { p4 } from '../../../../dev/fault-matrix/promises/p4.js';
import { BEGIN, evidence, journalOf, promising } from '../support/evidence.js';

const row = promising(
  { outcomes: ['model-unavailable'], hears: 'notice', endsWithinMs: 6000 },
  { course: { kind: 'waits' } },
);
const { heard } = evidence();
const told = { ...heard, attributes: { 'call.outcome': 'model-unavailable' } };
const good = { row, journal: journalOf('model-unavailable'), heard: told };

it('is kept when the call ends with its reason, in time, and the caller was told', () => {
  expect(p4.broken(evidence(good))).toEqual([]);
});

it('breaks when the reason is another one', () => {
  const journal = journalOf('caller-left');
  expect(p4.broken(evidence({ ...good, journal }))).toEqual([
    'it ended as caller-left, promised was model-unavailable',
    'the room was told model-unavailable, the journal says caller-left',
  ]);
});

it('breaks when the call never ended', () => {
  expect(p4.broken(evidence({ ...good, journal: null }))).toContain(
    'the call went on without an end',
  );
});

it('breaks when it took too long, unless the machine took the time', () => {
  const late = { ...good, row: promising({ ...row.promised, endsWithinMs: 4000 }, row) };
  expect(p4.broken(evidence(late))).toEqual(['it ended after 5000 ms, promised were 4000']);
  expect(p4.broken(evidence({ ...late, lagMs: 1000 }))).toEqual([]);
});

it('breaks when the caller heard nothing, or the page was told nothing', () => {
  const silent = { ...told, afterFaultMs: 0 };
  expect(p4.broken(evidence({ ...good, heard: silent }))).toEqual([
    'the caller heard nothing that says why',
  ]);
  expect(p4.broken(evidence({ ...good, heard }))).toEqual([
    'the page was never told that the call is over',
  ]);
});

it('asks of an agent without records only that it ends', () => {
  const bare = {
    ...good,
    subject: 'bare',
    journal: null,
    heard: { ...heard, agentGoneAt: null },
  } as const;
  expect(p4.broken(evidence(bare))).toEqual(['the call went on without an end']);
  const gone = { ...bare, heard: { ...heard, agentGoneAt: BEGIN + 8000 } };
  expect(p4.broken(evidence(gone))).toEqual([]);
});

it('breaks when a connection without life is not noticed in time', () => {
  const watching = promising({ noticesWithinMs: 7000 });
  const { connections } = evidence();
  expect(p4.broken(evidence({ row: watching }))).toEqual([]);
  const late = connections.map((one, nth) =>
    nth === 0 ? one : { ...one, askedAt: BEGIN + 12_000 },
  );
  expect(p4.broken(evidence({ row: watching, connections: late }))).toEqual([
    'the agent noticed after 8000 ms, promised were 7000',
  ]);
});
