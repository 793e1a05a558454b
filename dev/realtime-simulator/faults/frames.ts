import { z } from 'zod';
import { afterMs, defineFault, type FaultTarget, type Undo } from './fault.js';

const repeated = {
  afterMs,
  times: z.int().min(1).default(1),
  /** Between two of them, when there are several. */
  everyMs: z.int().min(1).default(500),
};
type Repeated = z.output<z.ZodObject<typeof repeated>>;

/** Frames that are no event of the protocol. */
export const frameFaults = [
  defineFault({
    name: 'malformed-frame',
    about: 'A text frame that is not JSON, or the text given.',
    params: { ...repeated, text: z.string().default('{"type":"response.output_audio.delta","del') },
    hooks: (params) => ({ start: (target) => send(target, params, () => params.text) }),
  }),
  defineFault({
    name: 'binary-frame',
    about: 'A binary frame, which the protocol does not know.',
    params: { ...repeated, bytes: z.int().min(1).max(10_000_000).default(256) },
    hooks: (params) => ({
      start: (target) => send(target, params, () => Buffer.alloc(params.bytes, 0xff)),
    }),
  }),
  defineFault({
    name: 'unknown-event',
    about: 'A well-formed event of a type that nobody knows yet.',
    params: { ...repeated, type: z.string().default('response.thought.delta') },
    hooks: (params) => ({
      start: (target) =>
        send(target, params, () =>
          JSON.stringify({ type: params.type, event_id: 'event_unknown', delta: 'hm' }),
        ),
    }),
  }),
  defineFault({
    name: 'oversized-frame',
    about: 'One very large, well-formed event.',
    params: { ...repeated, bytes: z.int().min(1).max(200_000_000).default(20_000_000) },
    hooks: (params) => ({
      start: (target) =>
        send(target, params, () =>
          JSON.stringify({
            type: 'simulator.oversized',
            event_id: 'event_oversized',
            padding: 'x'.repeat(params.bytes),
          }),
        ),
    }),
  }),
] as const;

/** Sends a frame once, or again and again, until all are sent or the fault is cleared. */
function send(target: FaultTarget, when: Repeated, frame: () => string | Buffer): Undo {
  return repeat(target, when, () => target.sendFrame(frame()));
}

export function repeat(target: FaultTarget, when: Repeated, act: () => void): Undo {
  let cancel: Undo;
  const round = (left: number): void => {
    act();
    if (left > 1) {
      cancel = target.later(when.everyMs, () => round(left - 1));
    }
  };
  cancel = target.later(when.afterMs, () => round(when.times));
  return () => cancel();
}

export { repeated };
