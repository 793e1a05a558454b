import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CANDIDATE_ID } from '../interview/candidate.js';
import { isThere } from '../records/files.js';

/** What became of a candidate's own file. */
export type CandidateFile =
  { readonly removed: string } | { readonly left: string; readonly why: string };

/** Removes what a folder of candidates knows of one; undefined when that is nothing. */
export async function removeCandidateFile(
  dir: string,
  candidateId: string,
): Promise<CandidateFile | undefined> {
  const file = join(dir, `${candidateId}.json`);
  // Another id is no name of a file: it may be a path.
  if (!CANDIDATE_ID.test(candidateId) || !(await isThere(file))) {
    return undefined;
  }
  try {
    await unlink(file);
    return { removed: file };
  } catch (error) {
    return { left: file, why: error instanceof Error ? error.message : String(error) };
  }
}
