import { expect, test } from 'vitest';
import { parseBenchArgs, SECTIONS } from '../../../dev/bench/args.js';

test('without arguments everything is measured, and the docs are written', () => {
  expect(parseBenchArgs([])).toEqual({
    help: false,
    json: false,
    quick: false,
    only: SECTIONS,
    entry: undefined,
    writesDocs: true,
  });
});

test.each([[['--quick']], [['--only', 'first-word']], [['--no-docs']], [['--entry', 'x.js']]])(
  '%j leaves the docs as they are: it is not the whole of it',
  (args) => {
    expect(parseBenchArgs(args).writesDocs).toBe(false);
  },
);

test('several sections can be asked for', () => {
  const args = ['--only', 'conversation', '--only', 'first-word', '--json'];
  expect(parseBenchArgs(args)).toMatchObject({ only: ['conversation', 'first-word'], json: true });
});

test.each([
  [['--only', 'speed'], '--only is one of first-word, conversation, further-calls, not "speed"'],
  [['--jsn'], "Unknown option '--jsn'"],
])('%j is refused: %s', (args, message) => {
  expect(() => parseBenchArgs(args)).toThrow(message);
});
