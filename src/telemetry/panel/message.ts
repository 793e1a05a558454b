import { z } from 'zod';
import { journalEntry, type JournalEntry } from '../../records/journal/entry.js';

/** The topic of the data packets that the agent sends to whoever has the grant. */
export const PANEL_TOPIC = 'call.panel';

/** What of a journal a panel is told. Nothing that anybody said, and nothing that a tool was given or gave. */
const TOLD = [
  'state',
  'agent-state',
  'user-state',
  'tool-started',
  'tool',
  'question',
  'error',
  'reconnecting',
  'reconnected',
  'model-renewed',
  'livekit-back',
  'reply-lost',
  'notice',
  'caller-away',
  'caller-back',
  'caller-nudged',
  'caller-typed',
  'time-hint',
] as const satisfies readonly JournalEntry['type'][];

export type PanelEntry = Extract<JournalEntry, { type: (typeof TOLD)[number] }>;

/** One data packet. Another version is another meaning: whoever does not know it passes the packet over. */
const packet = z.object({ v: z.literal(1), entries: z.array(z.unknown()) });

/** A journal's entry as a panel is told it, or undefined when it is none of its business. */
export function panelEntry(line: unknown): PanelEntry | undefined {
  const { data: entry } = journalEntry.safeParse(line);
  if (entry === undefined || !isTold(entry)) {
    return undefined;
  }
  return entry.type === 'tool' ? { ...entry, arguments: '…', output: '…' } : entry;
}

export function encodePacket(entries: readonly PanelEntry[]): Uint8Array {
  const written: z.input<typeof packet> = { v: 1, entries: [...entries] };
  return new TextEncoder().encode(JSON.stringify(written));
}

/** What a packet tells; nothing when it cannot be read. */
export function decodePacket(payload: Uint8Array): PanelEntry[] {
  try {
    const { entries } = packet.parse(JSON.parse(new TextDecoder().decode(payload)));
    return entries.map(panelEntry).filter((entry) => entry !== undefined);
  } catch {
    return [];
  }
}

function isTold(entry: JournalEntry): entry is PanelEntry {
  return TOLD.some((type) => type === entry.type);
}
