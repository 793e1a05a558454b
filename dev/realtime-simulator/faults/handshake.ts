import { z } from 'zod';
import { defineFault } from './fault.js';

/** The service refuses, or does not get as far as opening. */
export const handshakeFaults = [
  defineFault({
    name: 'reject-upgrade',
    about:
      'Answers the upgrade with an HTTP error, as for a wrong key, a spent quota or an outage.',
    params: {
      /** A 3xx leads nowhere: no Location. */
      status: z.int().min(300).max(599),
      code: z.string().nullable().default(null),
      message: z.string().default('Refused by a fault of the simulator.'),
      retryAfterSeconds: z.int().min(0).optional(),
    },
    hooks: ({ status, code, message, retryAfterSeconds }) => ({
      handshake: {
        kind: 'reject',
        status,
        error: { type: errorType(status), code, message, param: null },
        retryAfterSeconds,
      },
    }),
  }),
  defineFault({
    name: 'hang-upgrade',
    about: 'Takes the TCP connection and never answers the upgrade.',
    params: {},
    hooks: () => ({ handshake: { kind: 'hang' } }),
  }),
  defineFault({
    name: 'reset-upgrade',
    about: 'Cuts the TCP connection instead of answering the upgrade.',
    params: {},
    hooks: () => ({ handshake: { kind: 'reset' } }),
  }),
  defineFault({
    name: 'slow-handshake',
    about: 'Answers the upgrade rightly, but late.',
    params: { delayMs: z.int().min(1) },
    hooks: ({ delayMs }) => ({ handshake: { kind: 'delay', ms: delayMs } }),
  }),
] as const;

function errorType(status: number): string {
  if (status === 429) {
    return 'rate_limit_error';
  }
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
