import { z } from 'zod';
import { journalEntry, type JournalEntry } from '../../records/journal/entry.js';
import { panelEntry, type PanelEntry } from '../panel/message.js';

/** What a call's process tells its worker. The framework ignores cases that it does not know. */
const message = z.discriminatedUnion('case', [
  z.object({ case: z.literal('steadfast.entry'), callId: z.string(), entry: z.unknown() }),
  z.object({
    case: z.literal('steadfast.vitals'),
    callId: z.string(),
    residentBytes: z.number(),
    /** The longest that the event loop stood still since the last time. */
    loopDelayMs: z.number(),
  }),
]);

export type MetricsMessage = z.output<typeof message>;

/** What is counted: nothing that anybody said. */
export type CountedEntry = PanelEntry | Extract<JournalEntry, { type: 'outcome' }>;

/** A journal's entry as far as it is counted. */
export function countedEntry(line: unknown): CountedEntry | undefined {
  const { data } = journalEntry.safeParse(line);
  return data?.type === 'outcome' ? data : panelEntry(line);
}

/** The message that a child process sent, if it is one of these. */
export function metricsMessage(sent: unknown): MetricsMessage | undefined {
  return message.safeParse(sent).data;
}
