import { expect, test } from 'vitest';
import { withoutQuotes } from '../../src/telemetry/without-quotes.js';

test.each([
  [
    'Unexpected token \'S\', "Sam is "... is not valid JSON',
    'Unexpected token "…", "…"... is not valid JSON',
  ],
  ['no `name` in «ответ» or “answer”', 'no "…" in "…" or "…"'],
  ['"an end that is missing', '"…"'],
  ['two\nlines "of\nwords"', 'two\nlines "…"'],
])('what %j quotes is left out', (message, left) => {
  expect(withoutQuotes(message)).toBe(left);
});

test('an apostrophe quotes nothing', () => {
  const message = "can't reach the model's service, and won't";
  expect(withoutQuotes(message)).toBe(message);
});

test('an endless message ends', () => {
  expect(withoutQuotes('x'.repeat(10_000))).toHaveLength(500);
});
