import type { Injection, Promised, Row } from '../row.js';
import { family, unharmed } from './shared.js';

const asksOnce = { kind: 'asks', times: 1 } as const;
const waits = { kind: 'waits' } as const;
const shutDown: Promised = {
  outcomes: ['worker-shutdown'],
  hears: 'nothing',
  connections: { most: 1 },
  endsWithinMs: 5000,
};

function signals(...names: NodeJS.Signals[]): Injection[] {
  return names.map((deed, nth) => ({ on: 'worker', deed, afterMs: nth === 0 ? 0 : 500 }));
}

/** A process is ended, and the disk has no room. */
export const shutdown: readonly Row[] = family('process', [
  {
    id: 'process-job-killed',
    fault: 'The job’s process is killed (SIGKILL)',
    when: 'agent-speaks',
    inject: [{ on: 'job', deed: 'SIGKILL' }],
    course: waits,
    promised: {
      outcomes: [],
      hears: 'nothing',
      connections: { most: 1 },
      records: 'torn-off',
      exit: 'killed',
    },
    quick: true,
  },
  {
    id: 'process-job-sigterm',
    fault: 'The job’s process is sent SIGTERM',
    when: 'idle',
    inject: [{ on: 'job', deed: 'SIGTERM' }],
    course: asksOnce,
    promised: unharmed,
  },
  {
    id: 'process-worker-killed',
    fault: 'The worker is killed (SIGKILL): the job’s process has lost its parent',
    when: 'idle',
    inject: signals('SIGKILL'),
    special: { mode: 'start' },
    course: waits,
    promised: shutDown,
  },
  {
    id: 'process-worker-killed-mid-answer',
    fault: 'The worker is killed (SIGKILL) while the agent speaks',
    when: 'agent-speaks',
    inject: signals('SIGKILL'),
    special: { mode: 'start' },
    course: waits,
    promised: shutDown,
  },
  {
    id: 'process-start-sigterm',
    fault: 'start: SIGTERM once, so that it drains',
    when: 'idle',
    inject: signals('SIGTERM'),
    special: { mode: 'start' },
    course: asksOnce,
    promised: unharmed,
  },
  {
    id: 'process-start-sigterm-twice',
    fault: 'start: SIGTERM twice',
    when: 'idle',
    inject: signals('SIGTERM', 'SIGTERM'),
    special: { mode: 'start' },
    course: waits,
    promised: shutDown,
  },
  {
    id: 'process-dev-sigterm',
    fault: 'dev: SIGTERM once',
    when: 'idle',
    inject: signals('SIGTERM'),
    special: { mode: 'dev' },
    course: waits,
    promised: shutDown,
  },
  {
    id: 'process-dev-sigint-twice',
    fault: 'dev: SIGINT twice',
    when: 'agent-speaks',
    inject: signals('SIGINT', 'SIGINT'),
    special: { mode: 'dev' },
    course: waits,
    promised: shutDown,
  },
  {
    id: 'process-records-unwritable',
    fault: 'The folder for records cannot be written',
    when: 'idle',
    inject: [],
    special: { mode: 'start', records: 'unwritable' },
    course: asksOnce,
    promised: { ...unharmed, records: 'none' },
  },
  {
    id: 'process-disk-full',
    fault: 'The disk is full after the first 4 KB of the record',
    when: 'idle',
    inject: [],
    special: { mode: 'start', records: 'full' },
    course: { kind: 'asks', times: 2 },
    promised: { ...unharmed, records: 'none' },
  },
]);
