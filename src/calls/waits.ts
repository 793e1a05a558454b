import { CallProgress } from '../records/journal/call-progress.js';
import type { JournalEntry } from '../records/journal/entry.js';

/** How long somebody waited for something that then came. */
export interface Wait {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly latencyMs: number;
}

/** What a caller waited for in a call. */
export interface Waits {
  /** For each answer: from the end of what they said, or from its sending, to the agent's first sound. */
  readonly answers: readonly Wait[];
  /** For the agent's first sound, from their arrival on; undefined when there was none. */
  readonly firstWord: Wait | undefined;
  /** For each tool that has ended, in milliseconds, by the numbers of both its entries. */
  readonly tools: ReadonlyMap<number, number>;
}

export function waitsOf(entries: readonly JournalEntry[]): Waits {
  const progress = new CallProgress();
  const answers: Wait[] = [];
  const tools = new Map<number, number>();
  let firstWord: Wait | undefined;
  for (const entry of entries) {
    const atMs = Date.parse(entry.at);
    const { answerMs, firstWordMs, tool } = progress.add(entry);
    if (answerMs !== undefined) {
      answers.push({ atMs, latencyMs: answerMs });
    }
    if (firstWordMs !== undefined) {
      firstWord = { atMs, latencyMs: firstWordMs };
    }
    if (tool !== undefined) {
      tools.set(tool.startSeq, tool.ms).set(entry.seq, tool.ms);
    }
  }
  return { answers, firstWord, tools };
}
