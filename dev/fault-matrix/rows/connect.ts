import type { FaultRequest } from '../../realtime-simulator/faults/catalogue.js';
import type { Promised, Row } from '../row.js';
import { atModel, family, givesUp, refused } from './shared.js';

type Rejection = Omit<Extract<FaultRequest, { fault: 'reject-upgrade' }>, 'fault' | 'on'>;

function rejects(id: string, fault: string, rejection: Rejection, promised: Promised) {
  return {
    id: `connect-${id}`,
    fault,
    when: 'before-join',
    inject: [atModel({ fault: 'reject-upgrade', on: 'every', ...rejection })],
    course: { kind: 'waits' },
    promised,
  } as const;
}

/** Four tries with pauses of 0.3, 0.6 and 1.2 s, a quarter more at most. */
const fourTries: Promised = {
  ...givesUp,
  connections: { least: 4, most: 4 },
  endsWithinMs: 4000,
};
/** Four tries of 5 s each, within 20 s in all. */
const slowTries: Promised = {
  ...givesUp,
  connections: { least: 3, most: 4 },
  endsWithinMs: 22_000,
};
const greets: Promised = {
  outcomes: ['caller-left'],
  hears: 'every-answer',
  connections: { least: 1, most: 1 },
};
const asksOnce = { kind: 'asks', times: 1 } as const;

/** The first connection to the model does not come about, or not at once. */
export const connect: readonly Row[] = family('connect', [
  {
    id: 'connect-refused',
    fault: 'Nothing listens at the model’s address',
    when: 'before-join',
    inject: [],
    special: { mode: 'dev', modelUrl: 'http://127.0.0.1:{free}/v1' },
    course: { kind: 'waits' },
    promised: fourTries,
  },
  {
    id: 'connect-no-such-host',
    fault: 'The model’s host has no address (DNS)',
    when: 'before-join',
    inject: [],
    special: { mode: 'dev', modelUrl: 'http://no-such-host.invalid/v1' },
    course: { kind: 'waits' },
    promised: { ...fourTries, connections: { least: 1, most: 4 } },
  },
  {
    id: 'connect-not-tls',
    fault: 'TLS is spoken to a server that has none',
    when: 'before-join',
    inject: [],
    special: { mode: 'dev', modelUrl: 'https://127.0.0.1:{port}/v1' },
    course: { kind: 'waits' },
    promised: { ...fourTries, connections: { least: 1, most: 4 } },
  },
  {
    id: 'connect-reset',
    fault: 'The TCP connection is cut instead of an answer',
    when: 'before-join',
    inject: [atModel({ fault: 'reset-upgrade', on: 'every' })],
    course: { kind: 'waits' },
    promised: fourTries,
  },
  {
    id: 'connect-hangs',
    fault: 'The upgrade is never answered',
    when: 'before-join',
    inject: [atModel({ fault: 'hang-upgrade', on: 'every' })],
    course: { kind: 'waits' },
    promised: slowTries,
  },
  {
    id: 'connect-hangs-once',
    fault: 'The first upgrade is never answered, the second is',
    when: 'before-join',
    inject: [atModel({ fault: 'hang-upgrade', on: 'next' })],
    course: asksOnce,
    promised: { ...greets, connections: { least: 2, most: 2 }, greetsWithinMs: 6500 },
  },
  {
    id: 'connect-slow',
    fault: 'The upgrade takes 3 s',
    when: 'before-join',
    inject: [atModel({ fault: 'slow-handshake', on: 'every', delayMs: 3000 })],
    course: asksOnce,
    promised: { ...greets, greetsWithinMs: 4000 },
  },
  {
    id: 'connect-redirect',
    fault: 'HTTP 302 to nowhere',
    when: 'before-join',
    inject: [atModel({ fault: 'reject-upgrade', on: 'every', status: 302 })],
    course: { kind: 'waits' },
    promised: {
      ...fourTries,
      outcomes: ['model-unavailable', 'model-refused'],
      connections: { least: 1, most: 4 },
    },
  },
  rejects('400', 'HTTP 400', { status: 400 }, refused),
  {
    ...rejects(
      '401',
      'HTTP 401: the key is wrong',
      { status: 401, code: 'invalid_api_key' },
      refused,
    ),
    quick: true,
  },
  rejects('403', 'HTTP 403', { status: 403 }, refused),
  rejects('404', 'HTTP 404: no such model', { status: 404, code: 'model_not_found' }, refused),
  {
    ...rejects('429', 'HTTP 429 without Retry-After', { status: 429 }, fourTries),
    quick: true,
  },
  {
    ...rejects(
      '429-quota',
      'HTTP 429: the quota is spent',
      { status: 429, code: 'insufficient_quota' },
      refused,
    ),
  },
  {
    id: 'connect-429-retry-after',
    fault: 'HTTP 429 with Retry-After: 2, and then it is let in',
    when: 'before-join',
    inject: [atModel({ fault: 'reject-upgrade', on: 'next', status: 429, retryAfterSeconds: 2 })],
    course: asksOnce,
    promised: { ...greets, connections: { least: 2, most: 2 }, greetsWithinMs: 3500 },
  },
  rejects(
    '429-retry-after-an-hour',
    'HTTP 429 with Retry-After: an hour',
    { status: 429, retryAfterSeconds: 3600 },
    { ...givesUp, connections: { least: 1, most: 1 }, endsWithinMs: 1000 },
  ),
  rejects('500', 'HTTP 500', { status: 500 }, fourTries),
  rejects('503', 'HTTP 503', { status: 503 }, fourTries),
  {
    id: 'connect-twice-500-then-good',
    fault: 'HTTP 500 twice, and then it is let in',
    when: 'before-join',
    inject: [atModel({ fault: 'reject-upgrade', on: 'next', connections: 2, status: 500 })],
    course: asksOnce,
    promised: { ...greets, connections: { least: 3, most: 3 }, greetsWithinMs: 1500 },
    quick: true,
  },
]);
