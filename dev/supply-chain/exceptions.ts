import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const reason = z.string().min(20, 'says too little');

const schema = z.strictObject({
  advisories: z.array(
    z.strictObject({
      /** GHSA-…, as the report of `npm audit` names it. */
      advisory: z.string().regex(/^GHSA(-[a-z0-9]{4}){3}$/, 'is no GHSA id'),
      package: z.string(),
      reason,
      /** The last day on which it counts. */
      until: z.iso.date(),
    }),
  ),
  licences: z.array(
    z.strictObject({
      /** A package's name; `*` stands for any characters. */
      packages: z.string(),
      /** Exactly what the package says, so that another licence is noticed. */
      licence: z.string(),
      reason,
    }),
  ),
});

/** What is known and does not stop a change: exceptions.yaml. */
export type Exceptions = z.output<typeof schema>;
export type AdvisoryException = Exceptions['advisories'][number];
export type LicenceException = Exceptions['licences'][number];

/** @throws Error, with line or field, when the file cannot be used. */
export function readExceptions(root: string): Exceptions {
  const file = 'dev/supply-chain/exceptions.yaml';
  const parsed = schema.safeParse(parse(readFileSync(join(root, file), 'utf8')));
  if (!parsed.success) {
    throw new Error(`${file} cannot be used:\n${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}
