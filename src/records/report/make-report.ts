import type { CallFacts } from '../call/call-facts.js';
import { labelsFor } from './labels.js';
import type { Report, ReportContent, ReportSource } from './report.js';
import type { ReportSubject } from './subject.js';

/** Writes a report from a transcript. @throws Error when it cannot, within the deadline of `signal`. */
export type WriteReport = (
  facts: CallFacts,
  subject: ReportSubject | undefined,
  signal: AbortSignal,
) => Promise<ReportContent>;

export interface ReportParts {
  /** Nothing when the plan is not known any more. */
  readonly subject: ReportSubject | undefined;
  readonly write: WriteReport;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told why there is only a transcript. */
  onFailure(error: unknown): void;
}

/**
 * The report of a call: what the agent saved; else what the text model makes of the transcript; else one that only says
 * what was said. Nothing for a call in which the caller never spoke. Never throws.
 */
export async function makeReport(
  facts: CallFacts,
  parts: ReportParts,
): Promise<Report | undefined> {
  const { savedReport } = facts;
  if (savedReport !== undefined) {
    return complete(savedReport.content, 'agent', savedReport.at, facts, parts.subject);
  }
  if (!facts.callerSpoke) {
    return undefined;
  }
  const madeAt = (): string => new Date(parts.now()).toISOString();
  try {
    const content = await parts.write(facts, parts.subject, parts.signal);
    return complete(content, 'after-call', madeAt(), facts, parts.subject);
  } catch (error) {
    parts.onFailure(error);
    const content: ReportContent = {
      summary: labelsFor(facts.language).transcriptOnly,
      questions: [],
      scores: [],
      recommendation: 'undecided',
    };
    return complete(content, 'transcript-only', madeAt(), facts, parts.subject);
  }
}

/** Adds the questions of the plan that the report leaves out, in the plan's order, and says what kind of report it is. */
function complete(
  content: ReportContent,
  source: ReportSource,
  madeAt: string,
  facts: CallFacts,
  subject: ReportSubject | undefined,
): Report {
  const planned = (subject?.questions ?? []).map(
    ({ id }) =>
      content.questions.find((question) => question.id === id) ?? {
        id,
        asked: facts.questionsAsked.has(id),
        note: '',
      },
  );
  const others = content.questions.filter(({ id }) => !planned.some((one) => one.id === id));
  const questions = [...planned, ...others];
  const partial = facts.outcome?.reason !== 'completed' || questions.some(({ asked }) => !asked);
  return { ...content, questions, source, late: source !== 'agent', partial, madeAt };
}
