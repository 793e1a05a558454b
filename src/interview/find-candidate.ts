import { setTimeout } from 'node:timers/promises';
import type { Candidate } from './candidate.js';
import { CandidateError, type CandidateSource } from './candidate-source.js';

/** What the call's start waits for it: a file is read in a few milliseconds, and the greeting needs no candidate. */
const START_WAITS_MS = 150;

/** From then on it would be news in the middle of the conversation. */
const GIVEN_UP_MS = 10_000;

/** A candidate who is being looked up. Nothing of it ever rejects. */
export interface FoundCandidate {
  /** What was known when the call began. */
  readonly known: Candidate | undefined;
  /** What comes later; undefined when nothing does. */
  readonly later: Promise<Candidate | undefined>;
}

/** Nobody was named. */
export const NOBODY: FoundCandidate = { known: undefined, later: Promise.resolve(undefined) };

/**
 * Looks a candidate up. An unknown one, or a source that cannot be reached, never fails a call: `warn` is told why, and
 * the interview is held without knowing anything of them.
 */
export async function findCandidate(
  id: string,
  source: CandidateSource,
  warn: (why: string) => void,
): Promise<FoundCandidate> {
  const signal = AbortSignal.timeout(GIVEN_UP_MS);
  const later = source(id, signal).catch((error: unknown) => {
    const why = error instanceof CandidateError ? error.message : 'it failed unexpectedly';
    warn(
      `The candidate could not be looked up: ${why}. The interview is held without knowing them.`,
    );
    return undefined;
  });
  const enough = new AbortController();
  const known = await Promise.race([
    later,
    setTimeout(START_WAITS_MS, undefined, { signal: enough.signal }).catch(() => undefined),
  ]);
  enough.abort();
  return { known, later: known === undefined ? later : Promise.resolve(undefined) };
}
