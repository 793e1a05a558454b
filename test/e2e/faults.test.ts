import { execa } from 'execa';
import { z } from 'zod';
import { expect, it } from 'vitest';

const printed = z.object({
  rows: z.array(
    z.object({
      fault: z.string(),
      family: z.string(),
      ok: z.boolean(),
      broken: z.array(z.string()),
      skipped: z.string().nullable(),
    }),
  ),
});

it('the quick rows of the fault matrix keep every promise', { timeout: 360_000 }, async () => {
  const { stdout, stderr } = await execa(
    process.execPath,
    ['--import', 'tsx', 'dev/fault-matrix/main.ts', '--quick', '--untimed', '--json'],
    { reject: false, cleanup: true, maxBuffer: 10_000_000 },
  );
  // Only the result is on standard output; the table is on the other.
  const { rows } = printed.parse(JSON.parse(stdout));
  expect(stderr).toContain('every promise kept in');
  expect(rows.filter(({ ok }) => !ok).map(({ fault, broken }) => ({ fault, broken }))).toEqual([]);
  expect(rows.filter(({ skipped }) => skipped !== null)).toEqual([]);
  expect(new Set(rows.map(({ family }) => family)).size).toBe(7);
});
