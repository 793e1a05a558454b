import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { joinAsCaller, type Caller } from '../../../dev/caller/index.js';
import { callerToken } from '../../../dev/stack/index.js';
import { readJournal, type JournalEntry } from '../../../src/records/journal/index.js';
import type { TestStack } from './stack.js';

/** A LiveKit server, and the name of the agent there; by default the name that an agent has by default. */
export type Callable = Pick<TestStack, 'livekit'> & Partial<Pick<TestStack, 'agentName'>>;

/** How long any one thing of a call may take before the test gives up. Generous: it is no measurement. */
export const PATIENCE = { timeoutMs: 30_000 } as const;

export interface CallRequest {
  readonly room?: string;
  readonly interview?: string;
  readonly candidate?: string;
  /** Two callers with the same one are one caller who has come back. */
  readonly identity?: string;
  readonly agentName?: string;
  /** Something that is to go wrong: see test/processes/faulty-agent.mjs. */
  readonly fault?: string;
}

/** Joins a room of its own as a caller, whose token sends the agent there. */
export async function callAgent(
  { livekit, agentName = 'interviewer' }: Callable,
  request: CallRequest = {},
): Promise<Caller> {
  const token = await callerToken({
    livekit,
    room: request.room ?? `test-${randomUUID()}`,
    identity: request.identity ?? `caller-${randomUUID()}`,
    agentName: request.agentName ?? agentName,
    metadata: JSON.stringify({
      interview: request.interview ?? 'hr-screening-en',
      ...(request.candidate === undefined ? {} : { candidate: request.candidate }),
      ...(request.fault === undefined ? {} : { fault: request.fault }),
    }),
  });
  return joinAsCaller({ url: livekit.url, token });
}

/** Waits until the greeting was heard and the agent listens; gives the call's id. */
export async function greeted(caller: Caller): Promise<string> {
  await caller.waitForAgent(PATIENCE);
  // Since it joined, not since now: the greeting of a second caller may be over when it is their turn here.
  await caller.agentVoice.waitForVoice({ ...PATIENCE, since: { atMs: 0, heardMs: 0 } });
  await caller.waitForAttribute('call.state', (state) => state === 'talking', PATIENCE);
  return caller.waitForAttribute('call.id', (id) => id !== '', PATIENCE);
}

/** The journal of a call, as it is on disk now. */
export async function journalOf(
  stack: Pick<TestStack, 'dataDir'>,
  callId: string,
): Promise<readonly JournalEntry[]> {
  const file = join(stack.dataDir, 'calls', callId, 'journal.jsonl');
  const { entries } = await readJournal(file);
  return entries;
}

/** The lines of both sides, as the journal has them. */
export function dialogue(entries: readonly JournalEntry[]): string[] {
  return entries.flatMap((entry) =>
    entry.type === 'utterance' ? [`${entry.role}: ${entry.text}`] : [],
  );
}

/** The last entry of a type. */
export function last<T extends JournalEntry['type']>(
  entries: readonly JournalEntry[],
  type: T,
): Extract<JournalEntry, { type: T }> | undefined {
  return entries.findLast(
    (entry): entry is Extract<JournalEntry, { type: T }> => entry.type === type,
  );
}
