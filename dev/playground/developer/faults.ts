import type { FaultRequest } from '../../realtime-simulator/faults/catalogue.js';

/** One button: something that goes wrong with the model's service. */
export interface OfferedFault {
  readonly id: string;
  /** What a caller should see of it. */
  readonly expect: 'recovers' | 'ends';
  readonly request: FaultRequest;
}

/** What can be broken from the page, mildest first. The page has the words for each. */
export const OFFERED_FAULTS: readonly OfferedFault[] = [
  { id: 'cut', expect: 'recovers', request: { fault: 'drop', on: 'current' } },
  {
    id: 'cut-mid-reply',
    expect: 'recovers',
    request: { fault: 'drop-in-response', on: 'current', afterAudioMs: 600 },
  },
  {
    id: 'going-away',
    expect: 'recovers',
    request: { fault: 'close', on: 'current', code: 1001, reason: 'going away' },
  },
  {
    id: 'session-expired',
    expect: 'recovers',
    request: { fault: 'session-expired', on: 'current' },
  },
  { id: 'half-open', expect: 'recovers', request: { fault: 'half-open', on: 'current' } },
  { id: 'silent', expect: 'recovers', request: { fault: 'silent', on: 'current' } },
  {
    id: 'reply-stalls',
    expect: 'recovers',
    request: { fault: 'response-stalls', on: 'current', afterAudioMs: 600 },
  },
  {
    id: 'no-reply',
    expect: 'recovers',
    request: { fault: 'response-never-starts', on: 'current' },
  },
  {
    id: 'rate-limit',
    expect: 'recovers',
    request: {
      fault: 'refuse-response',
      on: 'current',
      type: 'rate_limit_error',
      code: 'rate_limit_exceeded',
      message: 'Rate limit reached.',
    },
  },
  {
    id: 'refuse-twice',
    expect: 'recovers',
    request: { fault: 'reject-upgrade', on: 'next', connections: 2, status: 503 },
  },
  {
    id: 'slow-door',
    expect: 'recovers',
    request: { fault: 'slow-handshake', on: 'next', delayMs: 4500 },
  },
  {
    id: 'quota',
    expect: 'ends',
    request: {
      fault: 'reject-upgrade',
      on: 'every',
      status: 429,
      code: 'insufficient_quota',
      message: 'You exceeded your current quota.',
    },
  },
  {
    id: 'wrong-key',
    expect: 'ends',
    request: {
      fault: 'reject-upgrade',
      on: 'every',
      status: 401,
      code: 'invalid_api_key',
      message: 'Incorrect API key provided.',
    },
  },
  { id: 'outage', expect: 'ends', request: { fault: 'reject-upgrade', on: 'every', status: 503 } },
];

/** These only show once a connection is opened: what is open is cut, too. */
export function needsCut({ request }: OfferedFault): boolean {
  return request.fault === 'reject-upgrade' || request.fault === 'slow-handshake';
}
