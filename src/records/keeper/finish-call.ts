import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CALL_FILES, callFolder } from '../call-folder.js';
import type { CallRecord } from '../call/call-record.js';
import { factsOf, type CallFacts } from '../call/call-facts.js';
import { estimateCost } from '../call/cost.js';
import { timelineOf } from '../call/timeline.js';
import { writeOnce, writeWhole } from '../files.js';
import { readJournal } from '../journal/index.js';
import { reportDocument } from '../report/document.js';
import { makeReport, type WriteReport } from '../report/make-report.js';
import { markdownReport } from '../report/markdown.js';
import type { Report } from '../report/report.js';
import type { ReportSubject } from '../report/subject.js';
import { transcriptJson, transcriptMarkdown } from '../transcript-files.js';
import type { Document } from '../report/document.js';

export interface FinishOptions {
  readonly dataDir: string;
  /** The plan of an interview, by its id; nothing when there is none any more. */
  subjectOf(interview: string): ReportSubject | undefined;
  readonly writeReport: WriteReport;
  /** Makes report.pdf. */
  drawPages(document: Document, signal: AbortSignal): Promise<Uint8Array>;
  /** The model of a call whose journal does not name it. */
  readonly realtimeModel: string;
  /** Told what could not be made; the call is finished without it. Never told what was said. */
  onProblem(callId: string, problem: string, error: unknown): void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Writes a file as a whole; tests put a full disk in its place. */
  readonly write?: typeof writeWhole;
}

/** How long the text model may take for a report, with all its attempts. */
const REPORT_MS = 3 * 60_000;

/** Thrown when another process has taken the work over. */
export class ClaimLost extends Error {}

/**
 * Makes everything of a call that is not its journal, in an order in which `call.json` is last. May be repeated from the
 * start whenever it was broken off. Answers false when somebody else was faster.
 *
 * @param isMine whether this process may still write
 * @throws ClaimLost, or what the file system throws: then the folder has no `call.json`, and has to be tried again.
 */
export async function finishCall(
  callId: string,
  options: FinishOptions,
  isMine: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<boolean> {
  const folder = callFolder(options.dataDir, callId);
  const { write = writeWhole, now = Date.now } = options;
  const save = async (name: string, data: string | Uint8Array): Promise<void> => {
    signal.throwIfAborted();
    if (!(await isMine())) {
      throw new ClaimLost(`another worker finishes ${callId}`);
    }
    await write(join(folder, name), data);
  };
  const facts = await readFacts(folder, callId, now);
  await save(CALL_FILES.transcriptData, transcriptJson(facts));
  await save(CALL_FILES.transcriptText, transcriptMarkdown(facts));
  const subject = options.subjectOf(facts.interview);
  const report = await makeReport(facts, {
    subject,
    write: options.writeReport,
    // So that there is time left for what has to be made of it, or without it.
    signal: AbortSignal.any([signal, AbortSignal.timeout(REPORT_MS)]),
    now,
    onFailure: (error) =>
      options.onProblem(callId, 'no report could be made of the transcript', error),
  });
  const missing: string[] = [];
  if (report !== undefined) {
    const document = reportDocument(report, facts, subject);
    await save(CALL_FILES.reportData, JSON.stringify(report, undefined, 2));
    await save(CALL_FILES.reportText, markdownReport(document));
    const pages = await options.drawPages(document, signal).catch((error: unknown) => {
      options.onProblem(callId, 'report.pdf could not be made; report.md has the same', error);
      missing.push(CALL_FILES.reportPages);
    });
    if (pages !== undefined) {
      await save(CALL_FILES.reportPages, pages);
    }
  }
  signal.throwIfAborted();
  if (!(await isMine())) {
    throw new ClaimLost(`another worker finishes ${callId}`);
  }
  const record = recordOf(facts, report, missing, options.realtimeModel);
  return writeOnce(join(folder, CALL_FILES.call), `${JSON.stringify(record, undefined, 2)}\n`);
}

async function readFacts(folder: string, callId: string, now: () => number): Promise<CallFacts> {
  const file = join(folder, CALL_FILES.journal);
  const [journal, writtenMs] = await Promise.all([
    readJournal(file),
    stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => now(),
    ),
  ]);
  return factsOf(callId, journal, new Date(writtenMs).toISOString());
}

function recordOf(
  facts: CallFacts,
  report: Report | undefined,
  missing: readonly string[],
  realtimeModel: string,
): CallRecord {
  const { outcome, candidateId, startedAt, endedAt } = facts;
  const { callId, room, interview, language, tornLines } = facts;
  const usage = outcome?.usage ?? [];
  return {
    ...{ callId, room, interview, language },
    ...(candidateId === undefined ? {} : { candidateId }),
    outcome: outcome?.reason ?? 'crashed',
    ...(outcome?.detail === undefined ? {} : { detail: outcome.detail }),
    ...(outcome?.error === undefined ? {} : { error: outcome.error }),
    ...{ startedAt, endedAt },
    durationMs: outcome?.durationMs ?? Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)),
    usage: [...usage],
    costEstimate: estimateCost(usage, facts.realtimeModel ?? realtimeModel),
    timeline: timelineOf(facts.entries),
    ...(report === undefined
      ? {}
      : { report: { source: report.source, late: report.late, partial: report.partial } }),
    recovered: outcome === undefined,
    tornLines,
    missing: [...missing],
  };
}
