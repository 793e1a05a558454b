import { z } from 'zod';
import { afterMs, defineFault, type FaultTarget, type Undo } from './fault.js';

/** The connection is open, and nothing comes, or not all. */
export const silenceFaults = [
  defineFault({
    name: 'silent',
    about: 'Reads everything, answers nothing; pings are still answered.',
    params: { afterMs },
    hooks: ({ afterMs: ms }) => ({ start: (target) => after(target, ms, () => target.mute()) }),
  }),
  defineFault({
    name: 'half-open',
    about: 'Stops reading and sending, as when the machine behind a connection has gone: no pongs.',
    params: { afterMs },
    hooks: ({ afterMs: ms }) => ({ start: (target) => after(target, ms, () => target.freeze()) }),
  }),
  defineFault({
    name: 'slow-first-event',
    about: 'Opens at once and holds back everything it has to say.',
    params: { delayMs: z.int().min(1) },
    hooks: ({ delayMs }) => ({
      start: (target) => {
        const release = target.holdOutput();
        const cancel = target.later(delayMs, release);
        return () => {
          cancel();
          release();
        };
      },
    }),
  }),
  defineFault({
    name: 'withhold-events',
    about:
      'Never sends events of these types; ["session.created"] is a service without a greeting.',
    params: { types: z.array(z.string()).min(1) },
    hooks: ({ types }) => ({ start: (target) => target.withhold(types) }),
  }),
  defineFault({
    name: 'overlook-events',
    about:
      'Takes no notice of client events of these types, such as conversation.item.create; of so many, or of all.',
    params: { types: z.array(z.string()).min(1), events: z.int().min(1).optional() },
    hooks: ({ types, events }) => ({ start: (target) => target.overlook(types, events) }),
  }),
] as const;

/** Does something after a while and undoes both, whichever has happened. */
function after(target: FaultTarget, ms: number, act: () => Undo): Undo {
  if (ms === 0) {
    return act();
  }
  let undo: Undo | undefined;
  const cancel = target.later(ms, () => {
    undo = act();
  });
  return () => {
    cancel();
    undo?.();
  };
}
