import type { Row } from '../row.js';

const givenUp = ['model-unavailable'] as const;

/** The first connection to the model does not come about. */
export const connect: readonly Row[] = [
  {
    id: 'connect-401',
    family: 'connect',
    fault: 'HTTP 401: the key is wrong',
    when: 'before-join',
    inject: [
      {
        on: 'simulator',
        request: { fault: 'reject-upgrade', on: 'every', status: 401, code: 'invalid_api_key' },
      },
    ],
    course: { kind: 'waits' },
    promised: {
      outcomes: ['model-refused'],
      hears: 'notice',
      connections: { least: 1, most: 1 },
      endsWithinMs: 2000,
    },
    quick: true,
  },
  {
    id: 'connect-500',
    family: 'connect',
    fault: 'HTTP 500',
    when: 'before-join',
    inject: [{ on: 'simulator', request: { fault: 'reject-upgrade', on: 'every', status: 500 } }],
    course: { kind: 'waits' },
    promised: {
      outcomes: givenUp,
      hears: 'notice',
      connections: { least: 4, most: 4 },
      endsWithinMs: 4000,
    },
  },
];
