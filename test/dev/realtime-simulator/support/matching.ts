import { expect } from 'vitest';

/** Stands for any text in which `pattern` is found, inside `toMatchObject`. */
export function text(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
