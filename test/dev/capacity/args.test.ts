import { expect, test } from 'vitest';
import { parseCapacityArgs } from '../../../dev/capacity/args.js';

test('without arguments everything is measured, and the docs are written', () => {
  expect(parseCapacityArgs([])).toEqual({
    help: false,
    json: false,
    steps: [1, 2, 3, 4, 6, 8, 10, 12, 16, 20],
    listenMs: 20_000,
    entry: undefined,
    writesDocs: true,
  });
});

test.each([
  [['--quick']],
  [['--steps', '1,2']],
  [['--listen', '20']],
  [['--entry', 'x.js']],
  [['--no-docs']],
])('%j leaves the docs as they are: it is not the whole of it', (args) => {
  expect(parseCapacityArgs(args).writesDocs).toBe(false);
});

test('what is said stands in place of the quick values', () => {
  const args = parseCapacityArgs(['--quick', '--steps', '2,5']);
  expect(args).toMatchObject({ steps: [2, 5], listenMs: 10_000 });
});

test.each([
  [['--steps', '2,1'], '--steps are whole numbers from 1 to 100, each above the last, not "2,1"'],
  [['--steps', '0'], '--steps are whole numbers'],
  [['--steps', '1.5'], '--steps are whole numbers'],
  [['--steps', 'many'], '--steps are whole numbers'],
  [['--steps', ''], '--steps are whole numbers'],
  [['--steps', '101'], '--steps are whole numbers'],
  [['--listen', '0'], '--listen is from 1 to 60 seconds, not "0"'],
  [['--listen', ''], '--listen is from 1 to 60 seconds'],
  [['--listen', 'long'], '--listen is from 1 to 60 seconds'],
])('%j is refused: %s', (args, message) => {
  expect(() => parseCapacityArgs(args)).toThrow(message);
});
