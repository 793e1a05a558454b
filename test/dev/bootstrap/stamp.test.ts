import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { digest, isStamped, stamp } from '../../../dev/bootstrap/stamp.mjs';
import { temporaryFolder } from '../stack/support/temporary-folder.js';

function sources(): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'src/deep'), { recursive: true });
  writeFileSync(join(root, 'src/a.ts'), 'one');
  writeFileSync(join(root, 'src/deep/b.ts'), 'two');
  return root;
}

test('the same sources have the same digest, wherever they lie', () => {
  expect(digest(sources(), ['src'])).toBe(digest(sources(), ['src']));
});

test.each<[string, (root: string) => void]>([
  ['a changed file', (root) => writeFileSync(join(root, 'src/deep/b.ts'), 'three')],
  ['a new file', (root) => writeFileSync(join(root, 'src/c.ts'), '')],
  ['a file that is gone', (root) => rmSync(join(root, 'src/a.ts'))],
])('%s changes the digest', (_, change) => {
  const root = sources();
  const before = digest(root, ['src']);
  change(root);
  expect(digest(root, ['src'])).not.toBe(before);
});

test('so does anything else the result depends on', () => {
  const root = sources();
  expect(digest(root, ['src'], ['v20'])).not.toBe(digest(root, ['src'], ['v24']));
});

test('work is done when its stamp says so, and only for that digest', () => {
  const file = join(temporaryFolder(), 'node_modules/.stamp');
  expect(isStamped(file, 'abc')).toBe(false);
  stamp(file, 'abc');
  expect(isStamped(file, 'abc')).toBe(true);
  expect(isStamped(file, 'abd')).toBe(false);
});
