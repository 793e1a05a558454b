import { z } from 'zod';
import { afterAudioMs, defineFault, replies } from './fault.js';

const error = {
  type: z.string().default('server_error'),
  code: z.string().nullable().default('server_error'),
  message: z.string().default('The server had an error while processing your request.'),
};

/** A reply goes wrong. */
export const replyFaults = [
  defineFault({
    name: 'refuse-response',
    about: 'Answers response.create with an error event that names the client event.',
    params: { ...error, replies },
    hooks: ({ replies: times, ...body }) => ({
      start: (target) =>
        target.troubleReplies({ kind: 'refuse', error: { ...body, param: null } }, times),
    }),
  }),
  defineFault({
    name: 'response-never-starts',
    about: 'Takes response.create, or the end of a turn, and never says anything about it.',
    params: { replies },
    hooks: ({ replies: times }) => ({
      start: (target) => target.troubleReplies({ kind: 'ignore' }, times),
    }),
  }),
  defineFault({
    name: 'response-failed',
    about: 'response.created, then response.done with status failed and no output.',
    params: { ...error, replies },
    hooks: ({ replies: times, ...body }) => ({
      start: (target) =>
        target.troubleReplies({ kind: 'fail', error: { ...body, param: null } }, times),
    }),
  }),
  defineFault({
    name: 'response-stalls',
    about: 'Stops in mid-reply and never ends it; it cannot be cancelled either.',
    params: { afterAudioMs, replies },
    hooks: ({ afterAudioMs: ms, replies: times }) => ({
      start: (target) => target.troubleReplies({ kind: 'stall', afterAudioMs: ms }, times),
    }),
  }),
  defineFault({
    name: 'drop-in-response',
    about: 'Cuts the connection after so much audio of a reply.',
    params: { afterAudioMs, replies },
    hooks: ({ afterAudioMs: ms, replies: times }) => ({
      start: (target) => target.troubleReplies({ kind: 'drop', afterAudioMs: ms }, times),
    }),
  }),
  defineFault({
    name: 'response-incomplete',
    about: 'Ends a reply early with status incomplete.',
    params: {
      reason: z.enum(['max_output_tokens', 'content_filter']).default('max_output_tokens'),
      afterAudioMs,
      replies,
    },
    hooks: ({ reason, afterAudioMs: ms, replies: times }) => ({
      start: (target) =>
        target.troubleReplies({ kind: 'incomplete', reason, afterAudioMs: ms }, times),
    }),
  }),
] as const;
