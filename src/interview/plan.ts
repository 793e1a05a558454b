import { z } from 'zod';
import { INTERVIEW_ID } from './interview-id.js';

/**
 * A text that is spoken or told to the model. Long enough for a paragraph, too short for a mistake by paste.
 */
const words = z.string().trim().min(1, 'is empty').max(2_000, 'is longer than 2000 characters');

const question = z.strictObject({
  ask: words,
  /** What to look for, or ask, when the answer stays thin. */
  followUps: z.array(words).default([]),
});

const section = z.strictObject({
  title: words,
  questions: z.array(question).min(1, 'needs one question or more'),
});

/** An interview as it stands in `interviews/<id>.yaml`. Everything an interviewer has to know is in here. */
export const interviewPlan = z.strictObject({
  id: z.string().regex(INTERVIEW_ID, 'must be lower-case letters, digits and dashes'),
  title: words,
  /** The language it is held in, as in "en" or "pt-BR". */
  language: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'is not a language such as "en" or "pt-BR"'),
  persona: z.strictObject({ name: words, character: words }),
  /** The agent's first words, in the interview's language. */
  greeting: words,
  sections: z.array(section).min(1, 'needs one section or more'),
  /** The agent's last words, in the interview's language. */
  closing: words,
});

export type InterviewPlan = z.output<typeof interviewPlan>;

/** All interviews of this agent, by id. */
export type InterviewLibrary = ReadonlyMap<string, InterviewPlan>;
