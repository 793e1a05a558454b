import { expect, test } from 'vitest';
import { fitLine, studentT } from '../../../dev/bench/regression.js';

test('points on a line give that line, without doubt', () => {
  const line = fitLine([0, 1, 2, 3].map((x) => ({ x, y: 5 + 2 * x })));
  expect(line.slope.value).toBeCloseTo(2, 12);
  expect(line.intercept).toBeCloseTo(5, 12);
  expect(line.slope.high - line.slope.low).toBeCloseTo(0, 9);
  expect(line.points).toBe(4);
});

// Worked out by hand: Sxx 10, Sxy 6, residuals 2.4 over 3 degrees of freedom, t 3.182.
test('slope and interval are those of the textbook', () => {
  const y = [2, 4, 5, 4, 5];
  const { slope, intercept } = fitLine(y.map((value, at) => ({ x: at + 1, y: value })));
  expect(slope.value).toBeCloseTo(0.6, 12);
  expect(intercept).toBeCloseTo(2.2, 12);
  expect((slope.high - slope.value) / (3.182 * Math.sqrt(0.8 / 10))).toBeCloseTo(1, 1);
});

test('what only goes up and down has a slope that may be zero', () => {
  const { slope } = fitLine([1, -1, 1, -1, 1, -1].map((y, x) => ({ x, y })));
  expect(slope.low).toBeLessThan(0);
  expect(slope.high).toBeGreaterThan(0);
});

test.each([
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [5, 2.571],
  [10, 2.228],
  [30, 2.042],
  [1000, 1.962],
])('Student’s t with %i degrees of freedom is %d', (degrees, t) => {
  expect(Math.abs(studentT(degrees) / t - 1)).toBeLessThan(0.01);
});

test('too few points for a line are refused', () => {
  expect(() =>
    fitLine([
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ]),
  ).toThrow('three points');
  expect(() => fitLine([0, 1, 2].map((y) => ({ x: 4, y })))).toThrow('different x');
});
