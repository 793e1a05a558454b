import type { Promised, Row } from '../row.js';
import { atModel, family, givesUp, refused, unharmed } from './shared.js';

/** Four that died young. */
const diedYoung: Promised = { ...givesUp, connections: { least: 4, most: 4 }, endsWithinMs: 4000 };

function closes(code: number, promised: Promised) {
  return {
    id: `open-closed-${code}`,
    fault: `Opens, and closes at once with ${code}, every time`,
    when: 'before-join',
    inject: [atModel({ fault: 'close', on: 'every', code })],
    course: { kind: 'waits' },
    promised,
  } as const;
}

/** The handshake succeeds, and the connection is good for nothing. */
export const open: readonly Row[] = family('open', [
  { ...closes(1000, diedYoung), quick: true },
  closes(1001, diedYoung),
  {
    id: 'open-cut',
    fault: 'Opens, and is cut at once (1006), every time',
    when: 'before-join',
    inject: [atModel({ fault: 'drop', on: 'every' })],
    course: { kind: 'waits' },
    promised: diedYoung,
  },
  closes(1008, refused),
  closes(1011, diedYoung),
  closes(4000, diedYoung),
  {
    id: 'open-silent',
    fault: 'Opens and never says anything',
    when: 'before-join',
    inject: [atModel({ fault: 'silent', on: 'every' })],
    course: { kind: 'waits' },
    promised: { ...givesUp, connections: { least: 3, most: 4 }, endsWithinMs: 22_000 },
  },
  {
    id: 'open-silent-once',
    fault: 'The first connection never says anything, the second does',
    when: 'before-join',
    inject: [atModel({ fault: 'silent', on: 'next' })],
    course: { kind: 'asks', times: 1 },
    promised: { ...unharmed, connections: { least: 2, most: 2 }, greetsWithinMs: 6500 },
  },
  {
    id: 'open-slow-first-event',
    fault: 'The first event takes 3 s',
    when: 'before-join',
    inject: [atModel({ fault: 'slow-first-event', on: 'every', delayMs: 3000 })],
    course: { kind: 'asks', times: 1 },
    promised: { ...unharmed, greetsWithinMs: 4000 },
  },
  {
    id: 'open-garbage-first',
    fault: 'The first frame is garbage',
    when: 'before-join',
    inject: [atModel({ fault: 'malformed-frame', on: 'every' })],
    course: { kind: 'asks', times: 1 },
    promised: { ...unharmed, greetsWithinMs: 1500 },
  },
  {
    id: 'open-wrong-first-event',
    fault: 'The first event is not session.created',
    when: 'before-join',
    inject: [
      atModel({ fault: 'unknown-event', on: 'every' }),
      atModel({ fault: 'withhold-events', on: 'every', types: ['session.created'] }),
    ],
    course: { kind: 'asks', times: 1 },
    promised: { ...unharmed, connections: { least: 1, most: 4 }, greetsWithinMs: 1500 },
  },
  {
    id: 'open-dies-young',
    fault: 'Every connection is cut after 0.3 s, before it could answer anything',
    when: 'before-join',
    inject: [atModel({ fault: 'drop', on: 'every', afterMs: 300 })],
    course: { kind: 'waits' },
    promised: { ...givesUp, connections: { least: 3, most: 6 }, endsWithinMs: 6000 },
  },
]);
