import type { Promised, Row } from '../row.js';
import { family, unharmed } from './shared.js';

const planted: Promised = { ...unharmed, planted: true };
const asksOnce = { kind: 'asks', times: 1 } as const;
const waits = { kind: 'waits' } as const;

/** An exception nobody can catch leaves the process in an unknown state: the call ends, with everything in order. */
const crashed: Promised = {
  outcomes: ['crashed'],
  hears: 'nothing',
  connections: { most: 1 },
  endsWithinMs: 2000,
  planted: true,
  exit: 'with-error',
};
/** Code in our own process goes wrong. */
export const inProcess: readonly Row[] = family('process', [
  {
    id: 'process-tool-throws',
    fault: 'A tool throws',
    when: 'idle',
    inject: [],
    special: { code: 'tool-throws' },
    course: asksOnce,
    promised: planted,
    quick: true,
  },
  {
    id: 'process-tool-hangs',
    fault: 'A tool never returns, and the caller hangs up',
    when: 'tool',
    inject: [{ on: 'caller', deed: 'leave' }],
    special: { code: 'tool-hangs' },
    course: { kind: 'hangs-up' },
    promised: { exit: 'with-error', ...planted, hears: 'nothing' },
  },
  {
    id: 'process-observer-throws',
    fault: 'An observer throws wherever it can',
    when: 'idle',
    inject: [],
    special: { code: 'observer-throws' },
    course: asksOnce,
    promised: planted,
  },
  {
    id: 'process-observer-rejects',
    fault: 'An observer’s promises are rejected wherever it has one',
    when: 'idle',
    inject: [],
    special: { code: 'observer-rejects' },
    course: asksOnce,
    promised: planted,
  },
  {
    id: 'process-flush-hangs',
    fault: 'An observer’s flush never ends; the journal is after it',
    when: 'idle',
    inject: [],
    special: { code: 'flush-hangs' },
    course: asksOnce,
    promised: planted,
  },
  {
    id: 'process-timer-throws',
    fault: 'An exception in a timer',
    when: 'idle',
    inject: [{ on: 'job', deed: 'throw' }],
    course: waits,
    promised: crashed,
    quick: true,
  },
  {
    id: 'process-timer-throws-mid-answer',
    fault: 'An exception in a timer while the agent speaks',
    when: 'agent-speaks',
    inject: [{ on: 'job', deed: 'throw' }],
    course: waits,
    promised: crashed,
  },
  {
    id: 'process-timers-throw',
    fault: 'Ten exceptions in timers, 20 ms apart',
    when: 'idle',
    inject: [{ on: 'job', deed: 'throw-often' }],
    course: waits,
    promised: crashed,
  },
  {
    id: 'process-rejection',
    fault: 'A rejected promise nobody looks at',
    when: 'idle',
    inject: [{ on: 'job', deed: 'reject' }],
    course: asksOnce,
    promised: planted,
    quick: true,
  },
  {
    id: 'process-emitter-throws',
    fault: 'An ‘error’ event without a listener, in the agent’s code',
    when: 'idle',
    inject: [],
    special: { code: 'emitter-throws' },
    course: waits,
    promised: crashed,
  },
  {
    id: 'process-greeting-throws',
    fault: 'The agent’s greeting throws',
    when: 'joined',
    inject: [],
    special: { code: 'greet-throws' },
    course: { kind: 'asks', times: 1 },
    promised: planted,
  },
  {
    id: 'process-loop-blocked',
    fault: 'The event loop stands still for 5 s',
    when: 'idle',
    inject: [{ on: 'job', deed: 'block', ms: 5000 }],
    course: { kind: 'asks', times: 2 },
    promised: { ...unharmed, hears: 'last-answer', connections: { least: 1, most: 2 } },
  },
]);
