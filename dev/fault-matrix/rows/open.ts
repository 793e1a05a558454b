import type { Row } from '../row.js';

/** The handshake succeeds, and the connection is good for nothing. */
export const open: readonly Row[] = [
  {
    id: 'open-closed-1000',
    family: 'open',
    fault: 'Opens, and closes at once with code 1000, every time',
    when: 'before-join',
    inject: [{ on: 'simulator', request: { fault: 'close', on: 'every', code: 1000 } }],
    course: { kind: 'waits' },
    promised: {
      outcomes: ['model-unavailable'],
      hears: 'notice',
      connections: { least: 4, most: 4 },
      endsWithinMs: 4000,
    },
    quick: true,
  },
];
