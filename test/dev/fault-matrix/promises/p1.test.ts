import { expect, it } from 'vitest';
import { p1 } from '../../../../dev/fault-matrix/promises/p1.js';
import { connection, evidence, socketLines, trace } from '../support/evidence.js';

const overlapping = [connection('conn_1', 1000, 5000), connection('conn_2', 4000, 9000)];

it('breaks when a second AgentSession was started', () => {
  const job = trace(7, { kind: 'session', sessions: 2, started: 2 });
  expect(p1.broken(evidence({ job }))).toEqual(['2 AgentSessions were started']);
});

it('breaks when two connections were open at once, for the service and for the agent', () => {
  const job = trace(7, ...socketLines(1, 1000, 5000), ...socketLines(2, 4000, 9000));
  expect(p1.broken(evidence({ connections: overlapping, job }))).toEqual([
    '2 connections to the model were open at once',
  ]);
});

it('breaks when the probe could not look', () => {
  const job = trace(7, { kind: 'trouble', text: 'no such module' });
  expect(p1.broken(evidence({ job }))).toEqual([
    'the probe could not look into the process: no such module',
  ]);
});

it('keeps when the agent had closed the one that the service did not see close', () => {
  expect(p1.broken(evidence({ connections: overlapping }))).toEqual([]);
});
