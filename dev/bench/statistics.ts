/** A sample in five numbers; all NaN when it is empty. */
export interface Summary {
  readonly count: number;
  readonly median: number;
  /** A quarter of the sample lies below, and a quarter above. */
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly least: number;
  readonly most: number;
}

export function summarize(values: readonly number[]): Summary {
  return {
    count: values.length,
    median: quantile(values, 0.5),
    lowerQuartile: quantile(values, 0.25),
    upperQuartile: quantile(values, 0.75),
    least: quantile(values, 0),
    most: quantile(values, 1),
  };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which the share `q` of the sample lies, from 0 to 1; between two values, in proportion. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) {
    return Number.NaN;
  }
  return below + (above - below) * (at - Math.floor(at));
}

/** A value with the interval in which the true one lies in 95 of 100 cases. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * How the median of one sample compares with another's, with a bootstrap interval: both samples are drawn anew many times,
 * and 95 % of the ratios lie within. No assumption on how the values are distributed. The same samples give the same answer.
 */
export function ratioOfMedians(ours: readonly number[], theirs: readonly number[]): Estimate {
  const random = pseudoRandom();
  const draw = (values: readonly number[]) =>
    values.map(() => values[Math.floor(random() * values.length)] ?? Number.NaN);
  const ratios = Array.from({ length: RESAMPLES }, () => median(draw(ours)) / median(draw(theirs)));
  return {
    value: median(ours) / median(theirs),
    low: quantile(ratios, 0.025),
    high: quantile(ratios, 0.975),
  };
}

const RESAMPLES = 2000;

/** Numbers from 0 to 1 that look random and are the same each time (mulberry32). */
function pseudoRandom(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
