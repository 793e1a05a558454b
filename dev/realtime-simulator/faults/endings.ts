import { z } from 'zod';
import { sessionExpired } from '../protocol/errors.js';
import { afterMs, defineFault } from './fault.js';

const completed = z.object({ response: z.object({ status: z.literal('completed') }) });

function isCompleted(event: object): boolean {
  return completed.safeParse(event).success;
}

/** An open connection ends. With `on: 'every'` each new connection ends again. */
export const endingFaults = [
  defineFault({
    name: 'close',
    about: 'Closes with a code and a closing handshake, at once (accept, then close) or later.',
    params: { code: z.int().min(1000).max(4999), reason: z.string().max(120).default(''), afterMs },
    hooks: ({ code, reason, afterMs: ms }) => ({
      start: (target) => target.later(ms, () => target.close(code, reason)),
    }),
  }),
  defineFault({
    name: 'drop',
    about: 'Cuts the connection without a word.',
    params: { afterMs },
    hooks: ({ afterMs: ms }) => ({
      start: (target) => target.later(ms, () => target.terminate()),
    }),
  }),
  defineFault({
    name: 'drop-after-response',
    about: 'Cuts the connection without a word after each reply that was completed.',
    params: { afterMs },
    hooks: ({ afterMs: ms }) => ({
      start: (target) =>
        target.alter(['response.done'], (event) => {
          if (isCompleted(event)) {
            target.later(ms, () => target.terminate());
          }
          return [event];
        }),
    }),
  }),
  defineFault({
    name: 'session-expired',
    about: 'What the service does after an hour: an error event, then close 1001.',
    params: { afterMs },
    hooks: ({ afterMs: ms }) => ({
      start: (target) =>
        target.later(ms, () => {
          target.sendError(sessionExpired);
          target.close(1001, sessionExpired.message);
        }),
    }),
  }),
] as const;
