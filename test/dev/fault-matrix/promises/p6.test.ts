import { expect, it } from 'vitest';
import { p6 } from '../../../../dev/fault-matrix/promises/p6.js';
import { evidence, promising, trace } from '../support/evidence.js';

it('breaks when the job’s process is still there', () => {
  expect(p6.broken(evidence({ jobGoneAt: null }))).toEqual(['the job’s process is still there']);
});

it('breaks when the job’s process was killed instead of exiting by itself', () => {
  expect(p6.broken(evidence({ job: trace(7) }))).toEqual([
    'the job’s process did not exit by itself: it was killed',
  ]);
  expect(p6.broken(evidence({ job: trace(7), row: promising({ exit: 'killed' }) }))).toEqual([]);
});

it('breaks when it exited with an error', () => {
  const job = trace(7, { kind: 'exit', code: 1, resources: [] });
  expect(p6.broken(evidence({ job }))).toEqual(['the job’s process exited with code 1']);
});

it('breaks when a connection is left', () => {
  expect(p6.broken(evidence({ openAtEnd: 1 }))).toEqual([
    '1 connections are still open at the model',
  ]);
});

it('breaks when the worker went with the call', () => {
  expect(p6.broken(evidence({ workerAsExpected: false }))).toEqual(['the worker is gone']);
});
