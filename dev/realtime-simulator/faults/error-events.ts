import { z } from 'zod';
import { defineFault } from './fault.js';
import { repeat, repeated } from './frames.js';

/** `error` events out of the blue: one, or a storm of them with `times` and `everyMs`. */
export const errorEventFaults = [
  defineFault({
    name: 'error-event',
    about: 'An error event that answers nothing; with times: 1000 and everyMs: 20 a storm.',
    params: {
      ...repeated,
      type: z.string().default('server_error'),
      code: z.string().nullable().default('server_error'),
      message: z.string().default('The server had an error while processing your request.'),
    },
    hooks: ({ type, code, message, ...when }) => ({
      start: (target) =>
        repeat(target, when, () => target.sendError({ type, code, message, param: null })),
    }),
  }),
] as const;
