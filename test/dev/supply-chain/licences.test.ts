import { describe, expect, it, test } from 'vitest';
import { readExceptions } from '../../../dev/supply-chain/exceptions.js';
import { covers, isAllowed, licencesOf, refused } from '../../../dev/supply-chain/licences.js';

const packages = licencesOf(process.cwd());
const exceptions = readExceptions(process.cwd()).licences;

test('no package comes with terms that nobody has looked at', () => {
  expect(packages.length).toBeGreaterThan(100);
  const remedy =
    'Use another package; or read the terms, and add them to dev/supply-chain/exceptions.yaml.';
  expect(refused(packages, exceptions), remedy).toEqual([]);
});

test('every exception is needed by a package that is here', () => {
  const unneeded = exceptions.filter((one) => !packages.some((other) => covers(one, other)));
  expect(unneeded).toEqual([]);
});

describe('the licence', () => {
  it.each(['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND ISC', '(MIT OR GPL-2.0-only) AND ISC'])(
    '%s is one we can use',
    (expression) => {
      expect(isAllowed(expression)).toBe(true);
    },
  );

  it.each([
    'GPL-3.0-only',
    'AGPL-3.0-only',
    'MIT AND GPL-2.0-only',
    '(ISC AND (MIT AND LGPL-3.0-only))',
    'SEE LICENSE IN LICENSE',
    'UNLICENSED',
    '',
  ])('"%s" is not, unless somebody has looked at it', (expression) => {
    expect(isAllowed(expression)).toBe(false);
  });
});

test('an exception covers the packages and the licence it names, and no other', () => {
  const exception = { packages: '@img/lib-*', licence: 'LGPL-3.0-or-later', reason: 'a test' };
  const of = (name: string, licence = exception.licence) => covers(exception, { name, licence });
  expect(of('@img/lib-linux')).toBe(true);
  expect(of('@other/img/lib-linux')).toBe(false);
  expect(of('@img/lib-linux', 'AGPL-3.0-only')).toBe(false);
});
