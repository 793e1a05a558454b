import { expect, test } from 'vitest';
import { parseDemoArgs } from '../../../dev/demo/args.js';

test('without arguments a page is served, for the English interview', () => {
  expect(parseDemoArgs([])).toEqual({
    help: false,
    call: false,
    json: false,
    language: 'en',
    interview: 'hr-screening-en',
    port: 0,
  });
});

test('the interview follows the language unless it is named', () => {
  expect(parseDemoArgs(['--language', 'ru']).interview).toBe('hr-screening-ru');
  expect(parseDemoArgs(['--language', 'ru', '--interview', 'mine']).interview).toBe('mine');
});

test.each([
  [['--language', 'de'], '--language is en or ru, not "de"'],
  [['--port', 'http'], '--port is a number from 0 to 65535, not "http"'],
  [['--port', '70000'], '--port is a number from 0 to 65535, not "70000"'],
  [['--json'], 'use it with --call'],
  [['--cal'], "Unknown option '--cal'"],
])('%j is refused: %s', (args, message) => {
  expect(() => parseDemoArgs(args)).toThrow(message);
});
