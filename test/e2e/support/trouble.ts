import type { Caller } from '../../../dev/caller/index.js';
import type { JournalEntry } from '../../../src/records/journal/index.js';
import {
  callAgent,
  greeted,
  journalOf,
  last,
  PATIENCE,
  type Callable,
  type CallRequest,
} from './call.js';
import type { TestStack } from './stack.js';
import { waitUntil } from './wait.js';

/** What the script of most tests (short-talk.en.yaml) has the caller say first. */
export const FIRST_ANSWER = 'Hi Ada, I am Sam and I build payment systems.';
/** And next; it is answered without a tool. */
export const SECOND_ANSWER = 'Our queue lost messages so I wrote an outbox table.';

/** A caller who has heard the greeting to its end, and the call's id. */
export async function callThatTalks(
  stack: Callable,
  request?: CallRequest,
): Promise<AsyncDisposable & { caller: Caller; callId: string }> {
  const caller = await callAgent(stack, request);
  const callId = await greeted(caller);
  await caller.waitForAgentToFinish(PATIENCE);
  return { caller, callId, [Symbol.asyncDispose]: () => caller.leave() };
}

/** Waits until the journal has an entry of a type, and gives all entries. */
export async function journalWith(
  stack: TestStack,
  callId: string,
  type: JournalEntry['type'],
): Promise<readonly JournalEntry[]> {
  await waitUntil(
    async () => last(await journalOf(stack, callId), type) !== undefined,
    `'${type}' in the journal of ${callId}`,
  );
  return journalOf(stack, callId);
}

/** The clips that were played, and how much of each was heard. */
export function noticesIn(entries: readonly JournalEntry[]): string[] {
  return entries.flatMap((entry) =>
    entry.type === 'notice' ? [`${entry.notice}: ${entry.heard}`] : [],
  );
}

/** Cuts the model's connection. */
export function cutModel({ simulator }: TestStack): Promise<string> {
  return simulator.control.addFault({ fault: 'drop', on: 'current' });
}
