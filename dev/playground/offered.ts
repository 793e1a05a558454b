import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { CANDIDATE_ID } from '../../src/interview/candidate.js';
import { loadInterviews } from '../../src/interview/load-interviews.js';

/** An interview that the page offers. */
export interface OfferedInterview {
  /** As the worker knows it. */
  readonly id: string;
  readonly title: string;
  /** Such as "en": the page speaks it, too, when it can. */
  readonly language: string;
}

/** A candidate whose data the agent knows. */
export interface OfferedCandidate {
  /** As the worker knows them. */
  readonly id: string;
  readonly name: string;
}

/**
 * Every interview of a folder, the wanted one first.
 *
 * @throws ConfigError when one of them is wrong, or the wanted one is not there.
 */
export function offeredInterviews(dir: string, wanted: string): OfferedInterview[] {
  const plans = [...loadInterviews({ dir, defaultId: wanted }).values()];
  const offered = plans.map(({ id, title, language }) => ({ id, title, language }));
  return offered.sort((a, b) => Number(b.id === wanted) - Number(a.id === wanted));
}

/** Everybody whose file there is. A folder that is not there has nobody. */
export function offeredCandidates(dir: string): OfferedCandidate[] {
  const files = existsSync(dir) ? readdirSync(dir) : [];
  return files
    .map((file) => basename(file, '.json'))
    .filter((id, position) => files[position] === `${id}.json` && CANDIDATE_ID.test(id))
    .map((id) => ({ id, name: nameIn(join(dir, `${id}.json`)) ?? id }));
}

function nameIn(file: string): string | undefined {
  try {
    return z.object({ name: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).name;
  } catch {
    return undefined;
  }
}
