import { expect, it } from 'vitest';
import { p3 } from '../../../../dev/fault-matrix/promises/p3.js';
import { evidence, promising, trace } from '../support/evidence.js';

const uncaught = (text: string) => [trace(7, { kind: 'uncaught', text })];

it('breaks when an exception was caught by nobody, in any process', () => {
  expect(p3.broken(evidence({ processes: uncaught('Error: read ECONNRESET\n  at …') }))).toEqual([
    'uncaught: Error: read ECONNRESET',
  ]);
});

it('breaks when a promise was rejected and nobody looked', () => {
  const processes = [trace(8, { kind: 'rejection', text: 'Error: no' })];
  expect(p3.broken(evidence({ processes }))).toEqual(['rejection: Error: no']);
});

it('breaks when Node warns of a leak, or the output speaks of an unhandled error event', () => {
  const warning =
    'MaxListenersExceededWarning: Possible EventEmitter memory leak detected. 11 message listeners';
  const processes = [trace(7, { kind: 'warning', text: warning })];
  expect(p3.broken(evidence({ processes }))).toHaveLength(1);
  const texts = { 'the output': "Unhandled 'error' event" };
  expect(p3.broken(evidence({ texts }))).toHaveLength(1);
});

it('lets pass what the row itself has planted, and only there', () => {
  const processes = uncaught('Error: planted: an exception in a timer');
  expect(p3.broken(evidence({ processes, row: promising({ planted: true }) }))).toEqual([]);
  expect(p3.broken(evidence({ processes }))).toHaveLength(1);
});

it('does not hold against a row what was before it', () => {
  const processes = [trace(7, { kind: 'uncaught', text: 'Error: old', atMs: -1 })];
  expect(p3.broken(evidence({ processes }))).toEqual([]);
});
