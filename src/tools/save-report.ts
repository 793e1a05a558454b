import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { Interview } from '../interview/interview.js';
import { RECOMMENDATIONS, reportContent, type ReportContent } from '../records/report/report.js';
import type { InterviewTool } from './tool.js';

/** Told to the model; what counts is `reportContent`. A model that misses it is told how, and tries again. */
const schema = z.object({
  summary: z
    .string()
    .describe('Two to five sentences: who they are, what was strong, what was thin.'),
  questions: z
    .array(
      z.object({
        id: z.string().describe('The question’s id in the interview.'),
        asked: z.boolean(),
        note: z
          .string()
          .describe('What was answered, in one or two sentences; empty if not asked.'),
      }),
    )
    .describe('One entry for each question of the interview.'),
  scores: z
    .array(
      z.object({
        criterion: z.string().describe('The criterion’s name in the interview.'),
        score: z.number().describe('1 (weak) to 5 (strong), whole.'),
        evidence: z.array(z.string()).describe('What the candidate said, word for word.'),
      }),
    )
    .describe('One entry for each criterion you have heard enough about; leave the others out.'),
  recommendation: z.enum(RECOMMENDATIONS).describe('“undecided” when too little was said.'),
});

/** Writes the report into the journal, where it survives whatever happens next. A later one replaces the earlier. */
export const saveReport: InterviewTool = (call) =>
  llm.tool({
    name: 'save_report',
    description:
      'Saves your report of the interview for the people who decide. Call it before end_interview, also when the interview is cut short. The candidate does not see it.',
    parameters: schema,
    execute: async (written) => {
      const report = checked(written, call.data);
      call.data.journal.append({ type: 'report', report });
      return 'Saved. Call end_interview now if the interview is over.';
    },
  });

/**
 * A report that fits the plan: with an entry for each question, which says that it was asked also when only the plan's
 * progress knows.
 */
function checked(written: unknown, { plan, progress }: Interview): ReportContent {
  const parsed = reportContent.safeParse(written);
  if (!parsed.success) {
    throw new llm.ToolError(
      `The report was not saved. Correct it and call again: ${told(parsed.error)}`,
    );
  }
  const ids = progress.questions.map(({ id }) => id);
  requireKnown(
    'question',
    parsed.data.questions.map(({ id }) => id),
    ids,
  );
  const criteria = plan.rubric.map(({ criterion }) => criterion);
  requireKnown(
    'criterion',
    parsed.data.scores.map(({ criterion }) => criterion),
    criteria,
  );
  const questions = ids.map((id) => {
    const one = parsed.data.questions.find((each) => each.id === id);
    return { id, asked: one?.asked === true || progress.wasAsked(id), note: one?.note ?? '' };
  });
  return { ...parsed.data, questions };
}

function requireKnown(what: string, written: readonly string[], known: readonly string[]): void {
  const unknown = written.filter((name) => !known.includes(name)).length;
  const twice = new Set(written).size < written.length;
  if (unknown > 0 || twice) {
    throw new llm.ToolError(
      `The report was not saved: ${twice ? `a ${what} stands in it twice` : `there is no such ${what}`}. Use these, each once at most: ${known.join(', ')}.`,
    );
  }
}

function told({ issues }: z.ZodError): string {
  return issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ');
}
