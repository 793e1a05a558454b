import { z } from 'zod';

/** What the interviewer would advise, from best to worst, and `undecided` when too little was said. */
export const RECOMMENDATIONS = ['strong-yes', 'yes', 'no', 'strong-no', 'undecided'] as const;
export type Recommendation = (typeof RECOMMENDATIONS)[number];

/**
 * Who wrote a report: the agent while the call went on (`save_report`), the text model afterwards, or nobody, when
 * neither could; then it says what was said and judges nothing.
 */
export const REPORT_SOURCES = ['agent', 'after-call', 'transcript-only'] as const;
export type ReportSource = (typeof REPORT_SOURCES)[number];

/** Generous for a report, and little enough to be drawn, sent and kept: a model can be talked into anything. */
const TEXT_MAX = 8_000;
const QUOTE_MAX = 2_000;
const LIST_MAX = 100;

/** What a report says: the part that a model writes, whether in the call or after it. */
export const reportContent = z.object({
  /** Two to five sentences. */
  summary: z.string().trim().min(1).max(TEXT_MAX),
  /** One entry for each question of the plan that is known of; `id` is the plan's. */
  questions: z
    .array(
      z.object({ id: z.string().max(128), asked: z.boolean(), note: z.string().max(TEXT_MAX) }),
    )
    .max(LIST_MAX),
  scores: z
    .array(
      z.object({
        /** The rubric's name of it. */
        criterion: z.string().min(1).max(200),
        /** 1 (weak) to 5 (excellent). */
        score: z.int().min(1).max(5),
        /** What the candidate said, word for word. */
        evidence: z.array(z.string().max(QUOTE_MAX)).max(10),
      }),
    )
    .max(LIST_MAX),
  recommendation: z.enum(RECOMMENDATIONS),
});

export type ReportContent = z.output<typeof reportContent>;

/** `report.json`. */
export const report = reportContent.extend({
  source: z.enum(REPORT_SOURCES),
  /** It was made after the call, not in it. */
  late: z.boolean(),
  /** Not every question of the plan was asked, or the call did not end as it should. */
  partial: z.boolean(),
  /** ISO 8601. */
  madeAt: z.iso.datetime(),
});

export type Report = z.output<typeof report>;
