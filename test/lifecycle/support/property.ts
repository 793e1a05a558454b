import fc from 'fast-check';

/**
 * Checks a property on `runs` random examples. A failure prints its seed and path; `PROPERTY_SEED` and `PROPERTY_PATH`
 * run that example again, `PROPERTY_RUNS` runs more of them.
 */
export async function check<T>(
  examples: fc.Arbitrary<T>,
  holds: (example: T) => Promise<void>,
  runs: number,
): Promise<void> {
  const { PROPERTY_SEED: seed, PROPERTY_PATH: path, PROPERTY_RUNS: more } = process.env;
  await fc.assert(fc.asyncProperty(examples, holds), {
    numRuns: more === undefined ? runs : Number(more),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path }),
    endOnFailure: path !== undefined,
  });
}
