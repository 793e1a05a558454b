import { expect } from 'vitest';

/** For `toMatchObject`: a text that has this in it. */
export function textWith(part: string | RegExp): unknown {
  return typeof part === 'string' ? expect.stringContaining(part) : expect.stringMatching(part);
}
