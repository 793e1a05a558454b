import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  duration,
  DurationError,
  formatDuration,
  parseDuration,
} from '../../src/config/durations.js';

test.each([
  ['27m', 1_620_000],
  ['90s', 90_000],
  ['1500ms', 1_500],
  ['1h', 3_600_000],
  ['90d', 7_776_000_000],
  ['0.5s', 500],
  [' 2s ', 2_000],
])('%s is %i milliseconds', (text, durationMs) => {
  expect(parseDuration(text)).toBe(durationMs);
});

test('a bare number is refused, and the message says how to write it', () => {
  expect(() => parseDuration('27')).toThrow('write "27s" for seconds, "27m" for minutes');
});

test.each(['', 'soon', '5 min', '-3s', '1h30m', '27M', 'sk-secret'])(
  '"%s" is refused without being quoted',
  (text) => {
    expect(() => parseDuration(text)).toThrow(DurationError);
    expect(() => parseDuration(text)).toThrow(/^is not a duration/);
  },
);

test('every duration that is written can be read again', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 31 - 1 }), (durationMs) => {
      expect(parseDuration(formatDuration(durationMs))).toBe(durationMs);
    }),
  );
});

test('a duration outside its bounds is refused with the bounds in the message', () => {
  const schema = duration({ min: '60s', max: '59m' });

  expect(schema.parse('60s')).toBe(60_000);
  expect(schema.parse('59m')).toBe(3_540_000);
  expect(schema.safeParse('1620ms').error?.issues[0]?.message).toBe(
    'is 1620ms; it must lie within 60s and 59m',
  );
  expect(schema.safeParse('60m').success).toBe(false);
});
