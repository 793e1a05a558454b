import { linesOf } from '../probe-log.js';
import { when, type Checker } from './checker.js';
import { opened, ownSockets, peak } from './facts.js';

/**
 * Two views must agree on an overlap. The simulator does not see a connection close that a fault keeps it from reading; the
 * job's own view also counts plain HTTP requests to the same address.
 */
export const p1: Checker = {
  name: 'P1',
  promise: 'One AgentSession per job, and at most one live connection to the model at any time.',
  applies: ({ job }) => job !== null,
  broken: (evidence) => {
    const sessions = linesOf(evidence.job, 'session').at(-1)?.sessions ?? 0;
    const seen = peak(
      opened(evidence).map(({ openedAt, closedAt }) => ({
        from: openedAt,
        to: closedAt ?? Number.POSITIVE_INFINITY,
      })),
    );
    const own = peak(ownSockets(evidence));
    // A probe that could not look saw nothing wrong either.
    const blind = linesOf(evidence.job, 'trouble').map(({ text }) => text);
    return [
      ...when(blind.length > 0, `the probe could not look into the process: ${blind.join('; ')}`),
      ...when(sessions > 1, `${sessions} AgentSessions were started`),
      ...when(
        seen > 1 && own > 1,
        `${Math.min(seen, own)} connections to the model were open at once`,
      ),
    ];
  },
};
