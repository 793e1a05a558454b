import type { Row } from '../row.js';

/** An open connection goes, in the middle of a call. */
export const running: readonly Row[] = [
  {
    id: 'running-cut-idle',
    family: 'running',
    fault: 'The connection is cut while nobody speaks',
    when: 'idle',
    inject: [{ on: 'simulator', request: { fault: 'drop', on: 'current' } }],
    course: { kind: 'asks', times: 1, whole: true },
    promised: {
      outcomes: ['caller-left'],
      hears: 'every-answer',
      connections: { least: 2, most: 2 },
      reconnectsWithinMs: 200,
    },
    quick: true,
  },
];
