import { RefusedError } from '../server.js';
import type { Words } from '../words/words.js';

const TOO_MANY = 429;

/** Why the server gave no call out. */
export function refusalInWords({ errors }: Words, error: unknown): string {
  if (!(error instanceof RefusedError)) {
    return errors.other;
  }
  if (error.status === 0) {
    return errors.noServer;
  }
  return error.status === TOO_MANY ? errors.tooMany : `${errors.other} ${error.message}`;
}
