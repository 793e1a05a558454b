import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { pageEnvironment } from '../../dev/playground/environment.js';
import { environment } from '../../src/config/environment.js';

const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
/** The page's server is a program of its own, which shares the file. */
const shape = { ...environment.shape, ...pageEnvironment.shape };
const listed = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
  name,
  value,
]);

/** A variable's default as a file would write it; empty when there is none. */
function written(schema: unknown): unknown {
  if (schema instanceof z.ZodPipe) {
    return written(schema.def.in);
  }
  return schema instanceof z.ZodPrefault ? schema.def.defaultValue : '';
}

test('.env.example lists every variable with its default, and no other', () => {
  const known = Object.entries(shape).map(([name, schema]) => [name, written(schema)]);

  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(known));
  expect(listed).toHaveLength(known.length);
});

test('what has no default and must be set is not commented out', () => {
  for (const [name, schema] of Object.entries(shape)) {
    const mustBeSet = !z.object({ [name]: schema }).safeParse({}).success;

    expect(new RegExp(`^${name}=$`, 'm').test(example), name).toBe(mustBeSet);
  }
});

test('every variable has a remedy to show when it is wrong', () => {
  for (const [name, schema] of Object.entries(shape)) {
    expect(schema.description, name).toMatch(/\.$/);
  }
});
