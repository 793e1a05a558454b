import { expect, it } from 'vitest';
import { p2 } from '../../../../dev/fault-matrix/promises/p2.js';
import { evidence, journalOf, promising, refusal } from '../support/evidence.js';

it('breaks when there were more connections than promised', () => {
  const row = promising({ connections: { most: 1 } });
  expect(p2.broken(evidence({ row }))).toEqual([
    '2 connections were tried, 1 at most were promised',
  ]);
});

it('breaks when it gave up too early', () => {
  const row = promising({ connections: { least: 4, most: 4 } });
  expect(p2.broken(evidence({ row }))).toEqual([
    '2 connections were tried, 4 at least were promised',
  ]);
});

it('counts tries that never reached the service', () => {
  const journal = journalOf('model-unavailable', { modelConnections: 9 });
  expect(p2.broken(evidence({ connections: [], journal }))).toEqual([
    '9 connections were tried, 2 at most were promised',
  ]);
});

it('breaks when one try follows the other without a pause', () => {
  const row = promising({ connections: { most: 9 } });
  const connections = ['a', 'b', 'c', 'd'].map((id, nth) => refusal(id, 1000 + nth * 10));
  expect(p2.broken(evidence({ row, connections }))).toEqual([
    '3 tries came without a pause after a failure',
  ]);
});
