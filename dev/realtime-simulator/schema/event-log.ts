import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { validateEvent } from './validate-event.js';

/** A line of the log, as far as it matters here; ../event-log.ts writes it. */
const recordSchema = z.object({
  direction: z.enum(['in', 'out']),
  event: z.unknown(),
  injected: z.literal(true).optional(),
  refused: z.literal(true).optional(),
});

const MAX_SHOWN = 20;

/** What a log of events held. */
export interface EventLogSummary {
  /** How many events were checked. */
  readonly events: number;
  /** Not checked: sent by a fault on purpose, or sent by a client and answered with an error. */
  readonly skipped: { readonly injected: number; readonly refused: number };
  /** Each type of event with its direction, such as `out response.done`, sorted. */
  readonly types: readonly string[];
}

/**
 * Checks every line of the simulator's event log, `{"direction": "in" | "out", "event": {…}}`, in both directions,
 * but what a fault injected and what a client got refused: neither claims to be the protocol.
 * @throws Error that lists each different problem, its number and the line it was first seen on; and for a
 *   log without events, since that proves nothing.
 */
export async function assertEventLogValid(file: string): Promise<EventLogSummary> {
  const found = new Map<string, { line: number; count: number }>();
  const types = new Set<string>();
  const skipped = { injected: 0, refused: 0 };
  let events = 0;
  let lineNumber = 0;
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Infinity,
  })) {
    lineNumber += 1;
    if (line.trim() === '') {
      continue;
    }
    const record = parseRecord(line, `${file}:${lineNumber}`);
    if (record.injected ?? record.refused ?? false) {
      skipped[record.injected === true ? 'injected' : 'refused'] += 1;
      continue;
    }
    const { direction, event } = record;
    events += 1;
    const typed = z.object({ type: z.string() }).safeParse(event);
    types.add(`${direction} ${typed.success ? typed.data.type : '(no type)'}`);
    for (const problem of validateEvent(direction, event)) {
      const key = `${direction === 'in' ? 'from the client' : 'from the simulator'}: ${problem}`;
      const known = found.get(key);
      found.set(key, { line: known?.line ?? lineNumber, count: (known?.count ?? 0) + 1 });
    }
  }
  if (events === 0) {
    throw new Error(`${file} holds no events: nothing was proved.`);
  }
  if (found.size > 0) {
    const list = [...found].map(([problem, { line, count }]) => {
      return `- ${problem} (line ${line}${count > 1 ? `, ${count} times` : ''})`;
    });
    const more = list.length > MAX_SHOWN ? `\n… and ${list.length - MAX_SHOWN} more` : '';
    throw new Error(
      `${found.size} problems in ${events} events of ${file}:\n${list.slice(0, MAX_SHOWN).join('\n')}${more}`,
    );
  }
  return { events, skipped, types: [...types].sort() };
}

function parseRecord(line: string, where: string): z.output<typeof recordSchema> {
  try {
    return recordSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new Error(`${where} is not a record {direction, event}.`, { cause });
  }
}
