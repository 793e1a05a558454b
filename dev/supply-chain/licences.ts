import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LicenceException } from './exceptions.js';

/** Use, change and ship it, closed or open, as long as its notice stays with it. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  // Fonts.
  'OFL-1.1',
]);

/** Parentheses with none inside. */
const INNER = /\(([^()]*)\)/;

const lockfile = z.object({
  packages: z.record(z.string(), z.object({ license: z.string().optional() })),
});
/** Old packages say it in other ways. */
const named = z.object({ type: z.string() }).transform(({ type }) => type);
const manifest = z.object({
  license: z.union([z.string(), named]).optional(),
  licenses: z.array(named).optional(),
});

/** A package and its licence, as an SPDX expression; '' when it says none. */
export interface Licensed {
  readonly name: string;
  readonly licence: string;
}

/**
 * Every package of the lockfile, what develops it included: part of that is in the page. As the installed packages say;
 * those that are for other machines, as the lockfile says.
 */
export function licencesOf(root: string): Licensed[] {
  const { packages } = lockfile.parse(readJson(join(root, 'package-lock.json')));
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { license: locked = '' }]) => {
      const file = join(root, path, 'package.json');
      const said = existsSync(file) ? manifest.parse(readJson(file)) : {};
      const any = said.licenses?.join(' OR ');
      return {
        name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
        licence: said.license ?? any ?? locked,
      };
    });
}

/** Whether an SPDX expression lets us have the package under licences of the list. */
export function isAllowed(expression: string): boolean {
  let flat = expression;
  for (let inner = INNER.exec(flat); inner !== null; inner = INNER.exec(flat)) {
    flat = flat.replace(inner[0], isAllowed(inner[1] ?? '') ? 'MIT' : 'none');
  }
  return flat
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => ALLOWED.has(one.trim())));
}

/** The packages that may not be here. */
export function refused(
  packages: readonly Licensed[],
  exceptions: readonly LicenceException[],
): Licensed[] {
  return packages.filter(
    (one) => !isAllowed(one.licence) && !exceptions.some((exception) => covers(exception, one)),
  );
}

/** Whether an exception is about this package. */
export function covers({ packages, licence }: LicenceException, one: Licensed): boolean {
  const pattern = packages.split('*').map((part) => part.replace(/[.]/g, '\\.'));
  return licence === one.licence && new RegExp(`^${pattern.join('.*')}$`).test(one.name);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
