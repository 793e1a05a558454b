import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifest = z.object({ name: z.string(), version: z.string() });

/** The program's own name and version, from package.json: what errors, traces and records say made them. */
export const PROGRAM = Object.freeze(
  manifest.parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))),
);
