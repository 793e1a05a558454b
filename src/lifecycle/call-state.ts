import { CallError } from './errors.js';
import type { CallOutcome } from './outcome.js';

/**
 * Where a call is. A state carries only what exists in it; times are milliseconds since the epoch.
 *
 * - `starting`: the room is being joined and the model's connection opened, at the same time.
 * - `waiting`: everything is ready and nobody is there yet.
 * - `greeting`: the caller is here and the agent says its first words.
 * - `talking`: the conversation.
 * - `recovering`: the model's connection was lost and is being opened again. What it interrupted goes on afterwards.
 * - `wrapping-up`: the end is decided; the agent may finish what it is saying.
 * - `closing`: the outcome is known; a caller who lost the model hears why; session and room are being closed.
 * - `closed`: everything that observed the call has been flushed.
 */
export type CallState =
  | { readonly name: 'starting'; readonly sinceMs: number }
  | { readonly name: 'waiting'; readonly sinceMs: number }
  | { readonly name: 'greeting'; readonly sinceMs: number }
  | { readonly name: 'talking'; readonly sinceMs: number }
  | { readonly name: 'recovering'; readonly sinceMs: number; readonly cause: string }
  | { readonly name: 'wrapping-up'; readonly sinceMs: number; readonly reason: string }
  | { readonly name: 'closing'; readonly sinceMs: number; readonly outcome: CallOutcome }
  | { readonly name: 'closed'; readonly sinceMs: number; readonly outcome: CallOutcome };

export type CallStateName = CallState['name'];

/** The states that may follow each state. Everything else is a defect and is refused. */
const NEXT: Readonly<Record<CallStateName, readonly CallStateName[]>> = {
  starting: ['waiting', 'closing'],
  waiting: ['greeting', 'wrapping-up', 'closing'],
  greeting: ['talking', 'recovering', 'wrapping-up', 'closing'],
  talking: ['recovering', 'wrapping-up', 'closing'],
  recovering: ['greeting', 'talking', 'wrapping-up', 'closing'],
  'wrapping-up': ['closing'],
  closing: ['closed'],
  closed: [],
};

/** @throws {CallError} `ILLEGAL_STATE` when a call in state `from` may not go to state `to`. */
export function requireFollows(from: CallStateName, to: CallStateName): void {
  if (!NEXT[from].includes(to)) {
    throw new CallError(`a call cannot go from ${from} to ${to}`, {
      code: 'ILLEGAL_STATE',
      fault: 'application',
      remedy: 'This is a defect of the lifecycle: please report it with the log of the call.',
    });
  }
}

/** The error of a second `run()`. */
export function ranTwice(state: CallStateName): CallError {
  return new CallError(`run() was called twice; the call is ${state}`, {
    code: 'ILLEGAL_STATE',
    fault: 'application',
    remedy: 'One job is one call: make a new CallLifecycle for each.',
  });
}
