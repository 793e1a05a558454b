import { expect, test } from 'vitest';
import { parseSoakArgs } from '../../../dev/soak/args.js';

test('without arguments everything is run, and the docs are written', () => {
  expect(parseSoakArgs([])).toEqual({
    help: false,
    json: false,
    calls: 30,
    parallel: 3,
    reconnects: 1000,
    replies: 300,
    entry: undefined,
    writesDocs: true,
  });
});

test('a longer run writes the docs too, a shorter one does not', () => {
  expect(parseSoakArgs(['--reconnects', '2000']).writesDocs).toBe(true);
  expect(parseSoakArgs(['--reconnects', '999']).writesDocs).toBe(false);
  expect(parseSoakArgs(['--quick']).writesDocs).toBe(false);
  expect(parseSoakArgs(['--no-docs']).writesDocs).toBe(false);
});

test('a number stands in place of the quick one', () => {
  const args = parseSoakArgs(['--quick', '--calls', '0']);
  expect(args).toMatchObject({ calls: 0, reconnects: 60 });
});

test.each([
  [['--calls', 'many'], '--calls is a whole number, not "many"'],
  [['--calls', ''], '--calls is a whole number'],
  [['--reconnects', '1.5'], '--reconnects is a whole number'],
  [['--replies=-1'], '--replies is a whole number'],
  [['--parallel', '0'], '--parallel is from 1 to 20'],
  [['--parallel', '21'], '--parallel is from 1 to 20'],
])('%j is refused: %s', (args, message) => {
  expect(() => parseSoakArgs(args)).toThrow(message);
});
