import { expect, test } from 'vitest';
import { median, quantile, ratioOfMedians, summarize } from '../../../dev/bench/statistics.js';

test('a median is the middle value, or halfway between the two middle ones, in any order', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
});

test('the median of nothing is no number, and not zero', () => {
  expect(median([])).toBeNaN();
  expect(summarize([])).toMatchObject({ count: 0, median: Number.NaN, least: Number.NaN });
});

test('a quantile lies in proportion between its neighbours', () => {
  expect(quantile([10, 20, 30, 40, 50], 0.25)).toBe(20);
  expect(quantile([10, 20], 0.25)).toBe(12.5);
});

test('a summary states the spread, and leaves the sample as it is', () => {
  const values = [5, 1, 4, 2, 3];
  expect(summarize(values)).toEqual({
    count: 5,
    median: 3,
    lowerQuartile: 2,
    upperQuartile: 4,
    least: 1,
    most: 5,
  });
  expect(values).toEqual([5, 1, 4, 2, 3]);
});

test('a ratio of medians has an interval around it that grows with the spread', () => {
  const steady = ratioOfMedians([50, 51, 49, 50, 50, 51, 49], [100, 99, 101, 100, 100, 99, 101]);
  expect(steady.value).toBe(0.5);
  expect(steady.low).toBeLessThanOrEqual(0.5);
  expect(steady.high).toBeGreaterThanOrEqual(0.5);

  const wild = ratioOfMedians([10, 90, 50, 30, 70, 20, 80], [100, 99, 101, 100, 100, 99, 101]);
  expect(wild.high - wild.low).toBeGreaterThan(5 * (steady.high - steady.low));
});

test('the same samples give the same interval', () => {
  const [ours, theirs] = [
    [1, 2, 3, 4],
    [2, 3, 4, 5],
  ] as const;
  expect(ratioOfMedians(ours, theirs)).toEqual(ratioOfMedians(ours, theirs));
});
