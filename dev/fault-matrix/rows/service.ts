import type { Row } from '../row.js';
import { atModel, family, givesUp, reconnects, unharmed } from './shared.js';

const asksTwice = { kind: 'asks', times: 2, waitMs: 12_000 } as const;

/** The service answers, and says no, or not what was asked for. */
export const service: readonly Row[] = family('service', [
  {
    id: 'service-session-expired',
    fault: 'session_expired, then close 1001, as after an hour',
    when: 'idle',
    inject: [atModel({ fault: 'session-expired', on: 'current' })],
    course: { kind: 'asks', times: 1 },
    promised: { ...reconnects, reconnectsWithinMs: 200 },
    quick: true,
  },
  {
    id: 'service-session-expired-always',
    fault: 'session_expired on every connection, after 100 ms',
    when: 'idle',
    inject: [atModel({ fault: 'session-expired', on: 'every', afterMs: 100 })],
    course: { kind: 'waits' },
    promised: { ...givesUp, connections: { least: 4, most: 5 }, endsWithinMs: 5000 },
  },
  {
    id: 'service-quota',
    fault: 'insufficient_quota in answer to nothing',
    when: 'idle',
    inject: [
      atModel({
        fault: 'error-event',
        on: 'current',
        type: 'insufficient_quota',
        code: 'insufficient_quota',
        message: 'You exceeded your current quota.',
      }),
    ],
    course: { kind: 'waits' },
    promised: {
      outcomes: ['model-refused'],
      hears: 'notice',
      connections: { least: 1, most: 1 },
      endsWithinMs: 500,
    },
    quick: true,
  },
  {
    id: 'service-quota-in-reply',
    fault: 'A reply fails with insufficient_quota',
    when: 'idle',
    inject: [
      atModel({
        fault: 'response-failed',
        on: 'current',
        type: 'insufficient_quota',
        code: 'insufficient_quota',
        message: 'You exceeded your current quota.',
      }),
    ],
    course: { kind: 'asks-and-waits' },
    promised: {
      outcomes: ['model-refused'],
      hears: 'notice',
      connections: { least: 1, most: 1 },
    },
  },
  {
    id: 'service-error-storm',
    fault: 'Server errors twenty times a second that answer nothing, beside working replies',
    when: 'idle',
    inject: [atModel({ fault: 'error-event', on: 'every', times: 600, everyMs: 50 })],
    course: { kind: 'asks', times: 3 },
    promised: unharmed,
    quick: true,
  },
  {
    id: 'service-rate-limit-storm',
    fault: 'rate_limit_exceeded twenty times a second that answers nothing',
    when: 'idle',
    inject: [
      atModel({
        fault: 'error-event',
        on: 'every',
        times: 400,
        everyMs: 50,
        type: 'rate_limit_error',
        code: 'rate_limit_exceeded',
        message: 'Rate limit reached.',
      }),
    ],
    course: { kind: 'asks', times: 2 },
    promised: unharmed,
  },
  {
    id: 'service-reply-fails-once',
    fault: 'One reply fails (server_error)',
    when: 'idle',
    inject: [atModel({ fault: 'response-failed', on: 'current', replies: 1 })],
    course: asksTwice,
    promised: { ...unharmed, hears: 'last-answer' },
  },
  {
    id: 'service-replies-fail',
    fault: 'Every reply fails (server_error)',
    when: 'before-join',
    inject: [atModel({ fault: 'response-failed', on: 'every' })],
    course: { kind: 'asks-and-waits' },
    promised: { ...givesUp, endsWithinMs: 30_000 },
  },
  {
    id: 'service-replies-refused',
    fault: 'Every request for a reply is refused with an error',
    when: 'before-join',
    inject: [atModel({ fault: 'refuse-response', on: 'every' })],
    course: { kind: 'asks-and-waits' },
    promised: { ...givesUp, endsWithinMs: 30_000 },
  },
  {
    id: 'service-reply-incomplete',
    fault: 'A reply ends early as incomplete (max_output_tokens)',
    when: 'idle',
    inject: [atModel({ fault: 'response-incomplete', on: 'current', replies: 1 })],
    course: { kind: 'asks', times: 2 },
    // What is left of the first answer may be a syllable.
    promised: { ...unharmed, hears: 'last-answer' },
  },
  {
    id: 'service-reply-filtered',
    fault: 'A reply is cut by the content filter',
    when: 'idle',
    inject: [
      atModel({
        fault: 'response-incomplete',
        on: 'current',
        reason: 'content_filter',
        replies: 1,
      }),
    ],
    course: { kind: 'asks', times: 2 },
    // What the filter leaves of the first answer may be a syllable.
    promised: { ...unharmed, hears: 'last-answer' },
  },
  {
    id: 'service-reply-never-starts',
    fault: 'A reply never starts, once',
    when: 'idle',
    inject: [atModel({ fault: 'response-never-starts', on: 'current', replies: 1 })],
    course: asksTwice,
    promised: { ...reconnects, hears: 'last-answer', connections: { least: 1, most: 2 } },
  },
  {
    id: 'service-reply-stalls',
    fault: 'A reply stops in the middle and never ends, once',
    when: 'idle',
    inject: [atModel({ fault: 'response-stalls', on: 'current', replies: 1 })],
    course: asksTwice,
    promised: { ...reconnects, hears: 'last-answer' },
    quick: true,
  },
  {
    id: 'service-greeting-never-starts',
    fault: 'The greeting never starts, once',
    when: 'before-join',
    inject: [atModel({ fault: 'response-never-starts', on: 'next', replies: 1 })],
    course: { kind: 'asks', times: 1, waitMs: 14_000 },
    promised: { ...reconnects, hears: 'last-answer', connections: { least: 1, most: 2 } },
  },
  {
    id: 'service-replies-never-start',
    fault: 'No reply ever starts',
    when: 'before-join',
    inject: [atModel({ fault: 'response-never-starts', on: 'every' })],
    course: { kind: 'asks-and-waits' },
    promised: { ...givesUp, connections: { least: 1, most: 6 }, endsWithinMs: 35_000 },
  },
  {
    id: 'service-session-update-refused',
    fault: 'session.update is answered with an error',
    when: 'before-join',
    inject: [
      atModel({ fault: 'overlook-events', on: 'every', types: ['session.update'] }),
      atModel({
        fault: 'error-event',
        on: 'every',
        afterMs: 200,
        type: 'invalid_request_error',
        code: 'invalid_value',
        message: 'Invalid session.update.',
      }),
    ],
    course: { kind: 'asks', times: 1 },
    promised: unharmed,
  },
]);
