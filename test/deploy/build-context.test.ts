import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

function linesOf(file: string): string[] {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

it('what git ignores, as keys and records, gets into no image either, however deep it lies', () => {
  const kept = linesOf('.dockerignore');
  const wanted = linesOf('.gitignore').map((line) =>
    line.startsWith('!') ? `!**/${line.slice(1)}` : `**/${line.replace(/\/$/, '')}`,
  );
  expect(wanted).toContain('**/.env');
  expect(wanted.filter((line) => !kept.includes(line))).toEqual([]);
});
