import type { Estimate } from './statistics.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A straight line through points, by least squares. */
export interface Line {
  /** What `y` gains when `x` gains one, with the interval that holds the true value in 95 of 100 cases. */
  readonly slope: Estimate;
  readonly intercept: number;
  readonly points: number;
}

/**
 * Fits a line. The interval takes each point's distance from the line as chance, independent of its neighbours'. Memory is not
 * quite like that (it grows in steps), so read an interval as the least that is uncertain.
 *
 * @throws RangeError with fewer than three points, or when all have the same `x`.
 */
export function fitLine(points: readonly Point[]): Line {
  const count = points.length;
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  const spreadX = sum(points.map(({ x }) => (x - meanX) ** 2));
  if (count < 3 || spreadX === 0) {
    throw new RangeError(`A line needs three points of different x; there are ${count}.`);
  }
  const value = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / spreadX;
  const intercept = meanY - value * meanX;
  const residuals = sum(points.map(({ x, y }) => (y - intercept - value * x) ** 2));
  const margin = studentT(count - 2) * Math.sqrt(residuals / (count - 2) / spreadX);
  return { slope: { value, low: value - margin, high: value + margin }, intercept, points: count };
}

/**
 * The two-sided 95 % quantile of Student's t distribution, by Cornish and Fisher's expansion; off by under 1 % from three
 * degrees of freedom on, and exact for one and two, where the expansion is not.
 */
export function studentT(degrees: number): number {
  if (degrees <= 2) {
    return degrees === 1 ? 12.706 : 4.303;
  }
  const z = 1.959_964;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
  ];
  return terms.reduce((t, term, at) => t + term / degrees ** (at + 1), z);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
