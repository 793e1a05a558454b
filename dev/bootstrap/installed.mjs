import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether node_modules holds every package of package-lock.json in that version, by npm's own note of what
 * it has installed (node_modules/.package-lock.json). Optional ones may be missing: most are for other
 * kinds of machines.
 *
 * @param {string} root
 * @returns {boolean}
 */
export function isInstalled(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const present = packagesIn(join(root, 'node_modules/.package-lock.json'));
  if (wanted === null || present === null) {
    return false;
  }
  return Object.entries(wanted).every(
    ([path, { version, optional = false }]) =>
      path === '' || (path in present ? present[path].version === version : optional),
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | null}
 */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}
