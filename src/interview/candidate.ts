import { z } from 'zod';
import { cleanText } from '../records/clean-text.js';

/** What a candidate's id looks like: fit for a file name, a URL and a log line. */
export const CANDIDATE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** A text as others wrote it: on one line, and no longer than `max` characters. What is more is cut, and shows it. */
const text = (max: number) =>
  z.string().transform((written) => {
    // Cut first: what is thrown away need not be looked at.
    const read = cleanText(written.slice(0, 4 * max));
    return read.length <= max && written.length <= 4 * max ? read : `${read.slice(0, max - 1)}…`;
  });

/** What is known of a candidate before the interview. Fields that are not in here are left out. */
export const candidate = z.object({
  name: text(120).refine((name) => name !== '', 'is empty'),
  /** The position they apply for. */
  role: text(200).optional(),
  /** What they have done, in a few sentences. */
  background: text(4_000).optional(),
  /** What the interviewer should know besides. */
  notes: text(1_000).optional(),
});

export type Candidate = z.output<typeof candidate>;
