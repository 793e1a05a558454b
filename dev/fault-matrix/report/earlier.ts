import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PROMISES } from '../promises/index.js';
import type { RowResult } from '../result.js';
import { FAMILIES } from '../row.js';
import { SUBJECTS } from '../subjects.js';

const rowResult: z.ZodType<RowResult> = z.object({
  fault: z.string(),
  about: z.string(),
  family: z.enum(FAMILIES),
  subject: z.enum(SUBJECTS),
  ok: z.boolean(),
  promises: z.record(z.enum(PROMISES), z.boolean()),
  untested: z.array(z.enum(PROMISES)),
  outcome: z.string().nullable(),
  attempts: z.number(),
  endedAfterMs: z.number().nullable(),
  heardAfterMs: z.number(),
  broken: z.array(z.string()),
  skipped: z.string().nullable(),
  lagMs: z.number(),
  again: z.boolean().default(false),
});

/** The results in a docs/faults.json; none when there is no such file, or one of another time. */
export async function readResults(file: string): Promise<RowResult[]> {
  try {
    return z.object({ rows: z.array(rowResult) }).parse(JSON.parse(await readFile(file, 'utf8')))
      .rows;
  } catch {
    return [];
  }
}

/**
 * The results of a run and, for the rows and subjects that it did not play, those of an earlier one: our own rows are
 * played often, the baselines take an hour.
 */
export function withEarlier(
  results: readonly RowResult[],
  earlier: readonly RowResult[],
): RowResult[] {
  const key = ({ subject, fault }: RowResult): string => `${subject} ${fault}`;
  const played = new Set(results.map(key));
  return [...results, ...earlier.filter((one) => !played.has(key(one)))];
}
