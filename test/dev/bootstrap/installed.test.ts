import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isInstalled } from '../../../dev/bootstrap/installed.mjs';
import { temporaryFolder } from '../stack/support/temporary-folder.js';

const WANTED = {
  '': { version: '0.1.0' },
  'node_modules/zod': { version: '4.0.0' },
  'node_modules/sharp-darwin': { version: '1.0.0', optional: true },
};

function clone(installed: object | null): string {
  const root = temporaryFolder();
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: WANTED }));
  if (installed !== null) {
    mkdirSync(join(root, 'node_modules'));
    const note = join(root, 'node_modules/.package-lock.json');
    writeFileSync(note, JSON.stringify({ packages: installed }));
  }
  return root;
}

test('a fresh clone has nothing installed', () => {
  expect(isInstalled(clone(null))).toBe(false);
});

test('packages that npm was told to install by hand are not installed again', () => {
  expect(isInstalled(clone({ 'node_modules/zod': { version: '4.0.0' } }))).toBe(true);
});

test.each([
  ['a missing package', {}],
  ['another version', { 'node_modules/zod': { version: '3.0.0' } }],
])('%s means to install', (_, installed) => {
  expect(isInstalled(clone(installed))).toBe(false);
});
