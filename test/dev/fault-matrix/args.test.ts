import { expect, it } from 'vitest';
import { readArgs } from '../../../dev/fault-matrix/args.js';
import { rows } from '../../../dev/fault-matrix/rows/index.js';

it('without arguments every row is played, and the documents are written', () => {
  const args = readArgs([], rows);
  expect(args.rows).toHaveLength(rows.length);
  expect(args).toMatchObject({ write: true, json: false, baseline: false, lanes: 2 });
});

it('--only takes rows and families, and writes no documents unless told to', () => {
  const args = readArgs(['--only', 'connect-401,open'], rows);
  expect(new Set(args.rows.map(({ family }) => family))).toEqual(new Set(['connect', 'open']));
  expect(args.rows.filter(({ family }) => family === 'connect')).toHaveLength(1);
  expect(args.write).toBe(false);
  expect(readArgs(['--only', 'open', '--write'], rows).write).toBe(true);
});

it('--quick takes the rows that npm test plays', () => {
  const { rows: quick } = readArgs(['--quick'], rows);
  expect(quick.length).toBeGreaterThan(5);
  expect(quick.every((row) => row.quick)).toBe(true);
});

it('--untimed lets everything take its time, still promises it, and writes no documents', () => {
  const limits = (argv: string[]): unknown[] =>
    readArgs([...argv, '--only', 'connect-401,connect-twice-500-then-good'], rows).rows.map(
      ({ promised: { endsWithinMs, greetsWithinMs } }) => endsWithinMs ?? greetsWithinMs,
    );
  expect(limits([])).toEqual([150, 1500]);
  expect(limits(['--untimed'])).toEqual([Infinity, Infinity]);
  expect(readArgs(['--untimed'], rows).write).toBe(false);
});

it.each([
  [['--only', 'conect'], 'no row and no family "conect". Near it: connect'],
  [['--only', 'connect-41'], 'Near it: connect-401'],
  [['--only', 'nothing-like-it-at-all'], 'The families are connect, open'],
  [['--only', ''], 'no row'],
  [['--lanes', '0'], '--lanes takes a number from 1 to 8, not 0'],
  [['--jason'], "Unknown option '--jason'"],
])('%j is refused: %s', (argv, message) => {
  expect(() => readArgs(argv, rows)).toThrow(message);
});
