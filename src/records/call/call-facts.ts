import { type JournalEntry, type Utterance } from '../journal/index.js';
import type { JournalContents } from '../journal/read-journal.js';
import { Transcript } from '../journal/transcript.js';
import type { ReportContent } from '../report/report.js';

type Entry<T extends JournalEntry['type']> = Extract<JournalEntry, { type: T }>;

/** What a journal says about its call, also one that breaks off, or has no first line. */
export interface CallFacts {
  readonly callId: string;
  readonly room: string;
  readonly interview: string;
  readonly language: string;
  readonly candidateId?: string;
  readonly realtimeModel?: string;
  /** Absent when the process was gone before it could say. */
  readonly outcome?: Entry<'outcome'>;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly utterances: readonly Utterance[];
  readonly callerSpoke: boolean;
  /** Ids of the plan's questions that were put to the caller, as the agent told. */
  readonly questionsAsked: ReadonlySet<string>;
  /** What `save_report` was last given. */
  readonly savedReport?: { readonly at: string; readonly content: ReportContent };
  readonly entries: readonly JournalEntry[];
  readonly tornLines: number;
}

/**
 * @param callId the name of the folder, which is right whatever the journal says
 * @param fallbackAt ISO 8601, for a journal without a single entry
 */
export function factsOf(
  callId: string,
  { entries, tornLines }: Pick<JournalContents, 'entries' | 'tornLines'>,
  fallbackAt: string,
): CallFacts {
  const call = last(entries, 'call');
  const outcome = last(entries, 'outcome');
  const report = last(entries, 'report');
  const transcript = new Transcript();
  entries.forEach((entry) => transcript.add(entry));
  const { utterances } = transcript;
  return {
    callId,
    room: call?.room ?? '',
    interview: call?.interview ?? '',
    language: call?.language ?? 'en',
    ...(call?.candidateId === undefined ? {} : { candidateId: call.candidateId }),
    ...(call?.models === undefined ? {} : { realtimeModel: call.models.realtime }),
    ...(outcome === undefined ? {} : { outcome }),
    startedAt: outcome?.startedAt ?? entries[0]?.at ?? fallbackAt,
    endedAt: outcome?.endedAt ?? entries.at(-1)?.at ?? fallbackAt,
    utterances,
    questionsAsked: new Set(
      entries.flatMap((entry) =>
        entry.type === 'question' && entry.state !== 'skipped' ? [entry.id] : [],
      ),
    ),
    callerSpoke: utterances.some(({ role }) => role === 'caller'),
    ...(report === undefined ? {} : { savedReport: { at: report.at, content: report.report } }),
    entries,
    tornLines,
  };
}

function last<T extends JournalEntry['type']>(
  entries: readonly JournalEntry[],
  type: T,
): Entry<T> | undefined {
  return entries.findLast((entry): entry is Entry<T> => entry.type === type);
}
