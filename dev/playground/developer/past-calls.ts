import { join } from 'node:path';
import { readCall } from '../../../src/calls/call-info.js';
import { readAll } from '../../../src/calls/list.js';
import { latencies, timeline } from '../../../src/calls/timeline.js';
import { CALL_FILES, listCalls } from '../../../src/records/call-folder.js';
import { readIfThere } from '../../../src/records/files.js';
import { readJournal } from '../../../src/records/journal/read-journal.js';
import type { PastCall, PastCallDetails } from '../contract.js';

const NEWEST = 50;

/** The newest calls of a folder, the newest first. */
export async function pastCalls(dataDir: string): Promise<PastCall[]> {
  const calls = (await readAll(dataDir)).map(summaryOf);
  return calls
    .sort((a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? ''))
    .slice(0, NEWEST);
}

/** One call, or undefined when there is none of that id. */
export async function pastCall(
  dataDir: string,
  callId: string,
): Promise<PastCallDetails | undefined> {
  if (!(await listCalls(dataDir)).includes(callId)) {
    return undefined;
  }
  const call = await readCall(dataDir, callId);
  const text = async (name: string) => (await readIfThere(join(call.folder, name))) ?? null;
  const { entries } = await readJournal(join(call.folder, CALL_FILES.journal));
  const moments = timeline(entries);
  return {
    call: summaryOf(call),
    timeline: moments,
    latency: latencies(moments) ?? null,
    transcript: await text(CALL_FILES.transcriptText),
    report: await text(CALL_FILES.reportText),
  };
}

function summaryOf(call: Awaited<ReturnType<typeof readCall>>): PastCall {
  const { callId, status, outcome, interview, startedAt, durationMs } = call;
  return {
    callId,
    status,
    outcome: outcome ?? null,
    interview: interview ?? null,
    startedAt: startedAt ?? null,
    durationMs: durationMs ?? null,
  };
}
