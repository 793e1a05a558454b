import fc from 'fast-check';
import { faultCatalogue } from '../../../../dev/realtime-simulator/index.js';
import { clientTypes, code, error, eventTypes, field, value } from './fault-values.js';
import { nastyFrames } from './nasty-frames.js';

/** A fault as it is asked for, of any kind in the catalogue, with parameters of any size that a test has time for. */
export type AnyFault = Readonly<Record<string, unknown>> & { readonly fault: string };

const shortly = fc.integer({ min: 0, max: 400 });
const storm = {
  afterMs: shortly,
  times: fc.integer({ min: 1, max: 200 }),
  everyMs: fc.integer({ min: 1, max: 20 }),
};
const replies = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });
const afterAudioMs = fc.integer({ min: 0, max: 900 });
const params: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  'reject-upgrade': {
    status: fc.constantFrom(
      300,
      301,
      302,
      304,
      308,
      400,
      401,
      402,
      403,
      404,
      405,
      408,
      409,
      418,
      421,
      425,
      426,
      429,
      451,
      499,
      500,
      501,
      502,
      503,
      504,
      520,
      529,
      599,
    ),
    code,
    message: error.message,
    retryAfterSeconds: fc.constantFrom(undefined, 0, 1, 3_600),
  },
  'slow-handshake': { delayMs: fc.integer({ min: 1, max: 500 }) },
  'slow-first-event': { delayMs: fc.integer({ min: 1, max: 500 }) },
  silent: { afterMs: shortly },
  'half-open': { afterMs: shortly },
  'withhold-events': { types: eventTypes },
  'overlook-events': {
    types: clientTypes,
    events: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  },
  close: {
    code: fc.oneof(
      fc.integer({ min: 1000, max: 1015 }),
      fc.constantFrom(2999, 3000, 3999, 4000, 4001, 4999),
    ),
    reason: fc.constantFrom('', 'no', 'x'.repeat(100)),
    afterMs: shortly,
  },
  drop: { afterMs: shortly },
  'session-expired': { afterMs: shortly },
  'error-event': { ...storm, ...error },
  'malformed-frame': { ...storm, text: fc.constantFrom(...nastyFrames) },
  'binary-frame': { ...storm, bytes: fc.integer({ min: 1, max: 20_000 }) },
  'unknown-event': {
    ...storm,
    type: fc.constantFrom('response.thought.delta', 'conversation.item.', '\u0000', 'error '),
  },
  'oversized-frame': { bytes: fc.integer({ min: 1, max: 3_000_000 }) },
  'refuse-response': { ...error, replies },
  'response-never-starts': { replies },
  'response-failed': { ...error, replies },
  'response-stalls': { afterAudioMs, replies },
  'drop-in-response': { afterAudioMs, replies },
  'response-incomplete': {
    reason: fc.constantFrom('max_output_tokens', 'content_filter'),
    afterAudioMs,
    replies,
  },
  'duplicate-events': { types: eventTypes },
  'missing-field': { types: eventTypes, field },
  'wrong-field': { types: eventTypes, field, value },
  'broken-upgrade': {
    answer: fc.constantFrom(
      'garbage',
      'truncated',
      'no-upgrade',
      'wrong-accept',
      'ok',
      'redirect',
      'huge-headers',
      'endless-headers',
      'endless-body',
      'endless-continue',
    ),
  },
  'broken-frame': {
    frame: fc.constantFrom(
      'masked',
      'reserved-opcode',
      'reserved-bits',
      'bad-utf8',
      'bad-close',
      'long-ping',
      'fragmented',
      'unfinished-message',
      'stray-continuation',
      'half-frame',
      'lying-length',
      'ping-flood',
      'event-flood',
      'events-after-close',
    ),
    afterMs: shortly,
    thenReset: fc.boolean(),
  },
};

const scope = fc.oneof(
  { weight: 2, arbitrary: fc.record({ on: fc.constant('current') }) },
  {
    weight: 2,
    arbitrary: fc.record({ on: fc.constant('next'), connections: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ on: fc.constant('every') }) },
);

export const anyFault: fc.Arbitrary<AnyFault> = fc.oneof(
  ...faultCatalogue.map(({ name }) =>
    fc
      .tuple(fc.record(params[name] ?? {}), scope)
      .map(([given, where]): AnyFault => ({ fault: name, ...where, ...given })),
  ),
);
