import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A digest of files' names and contents, and of anything else the result depends on. Folders are read
 * with all that is in them; what does not exist counts as such.
 *
 * @param {string} root
 * @param {readonly string[]} paths below root
 * @param {readonly string[]} extras
 * @returns {string}
 */
export function digest(root, paths, extras = []) {
  const hash = createHash('sha256');
  for (const extra of extras) {
    hash.update(`${extra}\0`);
  }
  for (const path of paths.flatMap((name) => filesIn(root, name))) {
    hash.update(`${path}\0`);
    hash.update(readFileSync(join(root, path)));
    hash.update('\0');
  }
  return hash.digest('hex');
}

/**
 * Whether the work a stamp stands for was done with exactly this digest.
 *
 * @param {string} file
 * @param {string} expected
 * @returns {boolean}
 */
export function isStamped(file, expected) {
  try {
    return readFileSync(file, 'utf8').trim() === expected;
  } catch {
    return false;
  }
}

/**
 * Notes that the work is done. Only after it is: work that was interrupted leaves no stamp.
 *
 * @param {string} file
 * @param {string} value
 */
export function stamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${value}\n`);
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(root, path) {
  const info = statSync(join(root, path), { throwIfNoEntry: false });
  if (info === undefined) {
    return [];
  }
  if (!info.isDirectory()) {
    return [path];
  }
  const names = readdirSync(join(root, path)).sort();
  return names.flatMap((name) => filesIn(root, `${path}/${name}`));
}
