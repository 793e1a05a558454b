import { randomBytes } from 'node:crypto';

/** A new id in the service's look: `item_` and 21 letters and digits. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(11).toString('hex').slice(0, 21)}`;
}
