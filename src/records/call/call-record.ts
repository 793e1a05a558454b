import { z } from 'zod';
import { REPORT_SOURCES } from '../report/report.js';
import { costEstimate } from './cost.js';

/** `call.json`: what became of one call. It is written last, so a folder that has it is finished. */
export const callRecord = z.object({
  /** LiveKit's job id: the folder's name. */
  callId: z.string(),
  room: z.string(),
  /** Id of the interview that was held. */
  interview: z.string(),
  language: z.string(),
  candidateId: z.string().optional(),
  /** One of the lifecycle's words (CALL_END_REASONS); `crashed` when the process was gone before it could say. */
  outcome: z.string(),
  /** Free text beside the outcome. */
  detail: z.string().optional(),
  /** What went wrong: code, fault, message, remedy. */
  error: z.record(z.string(), z.string()).optional(),
  /** ISO 8601. */
  startedAt: z.string(),
  /** ISO 8601. Of a process that was gone at once: when it last wrote something down. */
  endedAt: z.string(),
  durationMs: z.number().nonnegative(),
  /** One record a model, as LiveKit counts it; empty when the process was gone at once. */
  usage: z.array(z.record(z.string(), z.unknown())),
  costEstimate,
  /** What happened, without what was said. */
  timeline: z.array(z.object({ at: z.string(), what: z.string() })),
  /** Absent when the caller never spoke: then there is nothing to report on. */
  report: z
    .object({
      source: z.enum(REPORT_SOURCES),
      late: z.boolean(),
      partial: z.boolean(),
    })
    .optional(),
  /** The job process was gone before it could say how the call ended; the record was finished without it. */
  recovered: z.boolean(),
  /** Lines of the journal that could not be read. */
  tornLines: z.int().nonnegative(),
  /** Files that could not be made, such as "report.pdf". Everything else is there. */
  missing: z.array(z.string()),
});

export type CallRecord = z.output<typeof callRecord>;
