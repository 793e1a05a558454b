import { z } from 'zod';
import { CANDIDATE_ID } from './candidate.js';
import { INTERVIEW_ID } from './interview-id.js';
import type { InterviewLibrary, InterviewPlan } from './plan.js';
import { parseJson } from '../parse-json.js';

/** Job metadata carries ids only: the caller can read it, and it is no place for a name or a secret. */
const jobMetadata = z.object({
  interview: z.string().regex(INTERVIEW_ID).optional(),
  /** Checked apart: a candidate nobody knows does not change which interview is held. */
  candidate: z.unknown().optional(),
});
const candidateId = z.string().regex(CANDIDATE_ID);

export interface ChosenInterview {
  readonly plan: InterviewPlan;
  /** Why it is not the one that was asked for. */
  readonly warning?: string;
}

/**
 * Finds the interview that the dispatch asks for. Metadata that cannot be used never fails a call: the
 * default interview is held, and the warning says why.
 */
export function chooseInterview(
  metadata: string,
  interviews: InterviewLibrary,
  defaultId: string,
): ChosenInterview {
  const fallback = interviews.get(defaultId);
  if (fallback === undefined) {
    throw new Error(`No interview "${defaultId}" was loaded, though loadInterviews checks that.`);
  }
  if (metadata.trim() === '') {
    return { plan: fallback };
  }
  const asked = jobMetadata.safeParse(parseJson(metadata));
  if (!asked.success) {
    return {
      plan: fallback,
      warning: `The job's metadata is not JSON of the form {"interview": "<id>", "candidate": "<id>"}; ${defaultId} is held.`,
    };
  }
  const id = asked.data.interview ?? defaultId;
  const plan = interviews.get(id);
  return plan === undefined
    ? {
        plan: fallback,
        warning: `The job asks for the interview "${id}", which does not exist; ${defaultId} is held.`,
      }
    : { plan };
}

/** The candidate that the dispatch names, if it names one; a name that cannot be an id is nobody's. */
export function namedCandidate(metadata: string): {
  readonly id?: string;
  readonly warning?: string;
} {
  const named = jobMetadata.safeParse(parseJson(metadata)).data?.candidate;
  const { data: id } = candidateId.safeParse(named);
  if (id !== undefined) {
    return { id };
  }
  return named === undefined
    ? {}
    : {
        warning:
          'The job names a candidate whose id is not 1 to 64 letters, digits, dashes and underscores; nothing is looked up.',
      };
}
