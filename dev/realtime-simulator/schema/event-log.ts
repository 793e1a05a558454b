import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { validateEvent } from './validate-event.js';

const recordSchema = z.object({ dir: z.enum(['in', 'out']), event: z.unknown() });

const MAX_SHOWN = 20;

/** What a log of events held. */
export interface EventLogSummary {
  /** Number of events. */
  readonly events: number;
  /** Each type of event with its direction, such as `out response.done`, sorted. */
  readonly types: readonly string[];
}

/**
 * Checks every line of the simulator's event log, `{"dir": "in" | "out", "event": {…}}`, in both directions.
 * @throws Error that lists each different problem, its number and the line it was first seen on; and for a
 *   log without events, since that proves nothing.
 */
export async function assertEventLogValid(file: string): Promise<EventLogSummary> {
  const found = new Map<string, { line: number; count: number }>();
  const types = new Set<string>();
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
    const { dir, event } = parseRecord(line, `${file}:${lineNumber}`);
    events += 1;
    const typed = z.object({ type: z.string() }).safeParse(event);
    types.add(`${dir} ${typed.success ? typed.data.type : '(no type)'}`);
    for (const problem of validateEvent(dir, event)) {
      const key = `${dir === 'in' ? 'from the client' : 'from the simulator'}: ${problem}`;
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
  return { events, types: [...types].sort() };
}

function parseRecord(line: string, where: string): z.output<typeof recordSchema> {
  try {
    return recordSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new Error(`${where} is not a record {dir, event}.`, { cause });
  }
}
