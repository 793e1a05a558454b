import { z } from 'zod';
import { duration } from '../config/durations.js';
import { INTERVIEW_ID } from './interview-id.js';

/**
 * A text that is spoken or told to the model. Long enough for a paragraph, too short for a mistake by paste.
 */
const words = z.string().trim().min(1, 'is empty').max(2_000, 'is longer than 2000 characters');

const question = z.strictObject({
  id: z
    .string()
    .regex(INTERVIEW_ID, 'must be lower-case letters, digits and dashes')
    .optional()
    .describe('The name of the question in reports. Default: q1, q2 … in their order.'),
  ask: words.describe('The question, in the interview’s language.'),
  followUps: z
    .array(words)
    .default([])
    .describe('Hints for the interviewer when the answer stays thin; they are not read out.'),
});

const section = z.strictObject({
  title: words,
  questions: z.array(question).min(1, 'needs one question or more'),
});

const criterion = z.strictObject({
  criterion: words.max(200).describe('What is judged, in a word or two.'),
  strong: words.describe('What a 5 looks like.'),
  weak: words.describe('What a 1 looks like.'),
});

const limits = z.strictObject({
  maxDuration: duration({ min: '10s', max: '24h' })
    .optional()
    .describe('How long it may take, such as "30m". Default: MAX_DURATION.'),
  timeHint: duration({ min: '0s', max: '1h' })
    .optional()
    .describe('How long before that end it begins to come to a close. Default: TIME_HINT.'),
  silence: duration({ min: '1s', max: '1h' })
    .optional()
    .describe('After how much silence the candidate is spoken to. Default: SILENCE_TIMEOUT.'),
  rejoinGrace: duration({ min: '0s', max: '1h' })
    .optional()
    .describe('How long a candidate who is gone is waited for. Default: REJOIN_GRACE.'),
});

/** An interview as it is written in `interviews/<id>.yaml`. Everything an interviewer has to know is in here. */
export const writtenPlan = z.strictObject({
  id: z
    .string()
    .regex(INTERVIEW_ID, 'must be lower-case letters, digits and dashes')
    .describe('The file’s name, without .yaml.'),
  title: words,
  language: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'is not a language such as "en" or "pt-BR"')
    .describe('The language it is held in, as in "en" or "pt-BR".'),
  persona: z.strictObject({ name: words, character: words }).describe('Who the interviewer is.'),
  greeting: words.describe('The agent’s first words, in the interview’s language.'),
  sections: z.array(section).min(1, 'needs one section or more'),
  rubric: z.array(criterion).max(20).default([]).describe('What the report gives scores for.'),
  closing: words.describe('The agent’s last words, in the interview’s language.'),
  limits: limits.default({}),
});

/** An interview, checked, in which every question has an id of its own. Durations are in milliseconds. */
export const interviewPlan = writtenPlan.transform((plan, context) => {
  const ids = new Set<string>();
  let number = 0;
  const sections = plan.sections.map((one, s) => ({
    ...one,
    questions: one.questions.map((each, q) => {
      number += 1;
      const id = each.id ?? `q${number}`;
      if (ids.has(id)) {
        const path = ['sections', s, 'questions', q, 'id'];
        context.addIssue({ code: 'custom', path, message: `another question has the id "${id}"` });
      }
      ids.add(id);
      return { ...each, id };
    }),
  }));
  return { ...plan, sections };
});

export type InterviewPlan = z.output<typeof interviewPlan>;
export type PlanQuestion = InterviewPlan['sections'][number]['questions'][number];

/** All interviews of this agent, by id. */
export type InterviewLibrary = ReadonlyMap<string, InterviewPlan>;
