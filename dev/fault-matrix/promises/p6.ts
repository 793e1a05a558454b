import { linesOf } from '../probe-log.js';
import { when, type Checker } from './checker.js';
import { ownSockets } from './facts.js';

export const p6: Checker = {
  name: 'P6',
  promise: 'Nothing is left: no connection, no process; the job’s process exits by itself.',
  applies: ({ job }) => job !== null,
  broken: (evidence) => {
    const { job, jobGoneAt, openAtEnd, workerAsExpected, row } = evidence;
    const jobGone = jobGoneAt !== null;
    const exit = linesOf(job, 'exit').at(-1);
    const killed = row.promised.exit === 'killed';
    const open = ownSockets(evidence).filter(({ to }) => to === Number.POSITIVE_INFINITY).length;
    return [
      ...when(!jobGone, 'the job’s process is still there'),
      ...when(
        jobGone && !killed && exit === undefined,
        'the job’s process did not exit by itself: it was killed',
      ),
      ...when(
        !killed && exit !== undefined && exit.code !== 0 && row.promised.exit !== 'with-error',
        `the job’s process exited with code ${exit?.code ?? 0}`,
      ),
      ...when(openAtEnd > 0, `${openAtEnd} connections are still open at the model`),
      ...when(jobGone && exit !== undefined && open > 0, `${open} sockets were never closed`),
      ...when(!workerAsExpected, 'the worker is gone'),
    ];
  },
};
