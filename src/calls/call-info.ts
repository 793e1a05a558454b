import { join } from 'node:path';
import { z } from 'zod';
import { CALL_FILES, callFolder } from '../records/call-folder.js';
import { readState, type DeliveryState } from '../records/delivery/state.js';
import { readIfThere } from '../records/files.js';
import { readJournal, type JournalContents } from '../records/journal/read-journal.js';
import { isHeld } from '../records/keeper/lease.js';

/** What is shown of call.json; all else in it is passed over, so that older ones can be shown, too. */
const finishedCall = z.object({
  outcome: z.string(),
  candidateId: z.string().optional(),
  interview: z.string().optional(),
  startedAt: z.string(),
  endedAt: z.string(),
  recovered: z.boolean().optional(),
  report: z
    .object({ source: z.string(), late: z.boolean().optional(), partial: z.boolean().optional() })
    .optional(),
});

/** One call, as far as its folder tells. */
export interface CallInfo {
  readonly callId: string;
  readonly folder: string;
  /** `running`: its process lives. `unfinished`: it is gone, and nobody has finished the record yet. */
  readonly status: 'finished' | 'running' | 'unfinished';
  readonly outcome?: string | undefined;
  readonly candidateId?: string | undefined;
  readonly interview?: string | undefined;
  /** ISO 8601. */
  readonly startedAt?: string | undefined;
  readonly durationMs?: number | undefined;
  readonly report?: z.output<typeof finishedCall>['report'];
  readonly recovered?: boolean | undefined;
  readonly delivery: DeliveryState;
}

/** @throws RangeError when the id cannot name a folder; the system's error when a file cannot be read. */
export async function readCall(dataDir: string, callId: string): Promise<CallInfo> {
  const folder = callFolder(dataDir, callId);
  const delivery = await readState(folder);
  const finished = parse(await readIfThere(join(folder, CALL_FILES.call)));
  if (finished !== undefined) {
    const { startedAt, endedAt, ...rest } = finished;
    const durationMs = Math.max(0, Date.parse(endedAt) - Date.parse(startedAt));
    return { callId, folder, status: 'finished', ...rest, startedAt, durationMs, delivery };
  }
  const journal = await readJournal(join(folder, CALL_FILES.journal));
  const status = (await isHeld(folder)) ? 'running' : 'unfinished';
  return { callId, folder, status, ...fromJournal(journal), delivery };
}

function fromJournal({ entries }: JournalContents) {
  const call = entries.find((entry) => entry.type === 'call');
  const outcome = entries.find((entry) => entry.type === 'outcome');
  const startedAt = entries[0]?.at;
  const last = entries.at(-1)?.at;
  return {
    outcome: outcome?.reason,
    candidateId: call?.candidateId,
    interview: call?.interview,
    startedAt,
    durationMs:
      startedAt === undefined || last === undefined
        ? undefined
        : Math.max(0, Date.parse(last) - Date.parse(startedAt)),
  };
}

function parse(text: string | undefined): z.output<typeof finishedCall> | undefined {
  try {
    return text === undefined ? undefined : finishedCall.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
