import type { JournalEntry } from '../journal/index.js';

/** More than a long call has; a process that runs wild must not make a record that nobody can open. */
const LENGTH_MAX = 1_000;

export interface Moment {
  /** ISO 8601. */
  readonly at: string;
  readonly what: string;
}

/** What happened in a call, step by step, in words of the lifecycle. Nothing that a candidate said. */
export function timelineOf(entries: readonly JournalEntry[]): Moment[] {
  const moments = entries.flatMap((entry): Moment[] => {
    const what = wordsFor(entry);
    return what === undefined ? [] : [{ at: entry.at, what }];
  });
  return moments.length <= LENGTH_MAX
    ? moments
    : [
        ...moments.slice(0, LENGTH_MAX / 2),
        { at: moments[LENGTH_MAX / 2]?.at ?? '', what: `… ${moments.length - LENGTH_MAX} more` },
        ...moments.slice(-LENGTH_MAX / 2),
      ];
}

function wordsFor(entry: JournalEntry): string | undefined {
  switch (entry.type) {
    case 'call':
      return 'call taken';
    case 'state':
      return entry.detail === undefined ? entry.state : `${entry.state}: ${entry.detail}`;
    case 'error':
      return `error ${entry.code} (${entry.fault}): ${entry.message}`;
    case 'reconnecting':
      return `connection lost, attempt ${entry.attempt} of ${entry.of} in ${entry.delayMs} ms (${entry.cause.code})`;
    case 'reconnected':
      return `connected again after ${entry.downMs} ms`;
    case 'model-renewed':
      return `connection to the model renewed in ${entry.downMs} ms`;
    case 'livekit-back':
      return `connected to LiveKit again after ${entry.downMs} ms`;
    case 'reply-lost':
      return `reply lost, asked for again in ${entry.againInMs} ms (${entry.cause.code})`;
    case 'notice':
      return `notice ${entry.notice}: ${entry.heard}`;
    case 'tool':
      return `tool ${entry.name}${entry.isError ? ' failed' : ''}`;
    case 'report':
      return 'report saved';
    case 'question':
      return `question ${entry.id}: ${entry.state}`;
    case 'caller-away':
      return `caller gone (${entry.why}), waited for ${entry.graceMs} ms`;
    case 'caller-back':
      return `caller back after ${entry.awayMs} ms`;
    case 'caller-nudged':
      return `silent caller spoken to, ${entry.number} of ${entry.of}`;
    case 'caller-typed':
      return 'caller answers in writing';
    case 'time-hint':
      return `${entry.leftMs} ms left`;
    case 'outcome':
      return `outcome ${entry.reason}`;
    case 'utterance':
    case 'tool-started':
    case 'agent-state':
    case 'user-state':
      return undefined;
  }
}
