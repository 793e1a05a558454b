import type { Config } from '../config/schema.js';
import { wrong, type Finding } from './finding.js';

/** One thing that is looked at. May throw: that is a finding, too. */
export interface Check {
  readonly name: string;
  run(config: Config, signal: AbortSignal): Promise<readonly Finding[]>;
}

/** Longer than any answer that is worth having. */
const CHECK_MS = 20_000;

/** Runs a check within its deadline. Never throws. */
export async function looked(check: Check, config: Config): Promise<readonly Finding[]> {
  const deadline = AbortSignal.timeout(CHECK_MS);
  try {
    return await Promise.race([check.run(config, deadline), tooLong(deadline)]);
  } catch (error) {
    return [
      wrong(check.name, {
        what: `it could not be looked at: ${messageOf(error)}`,
        why: 'What cannot be reached from here cannot be reached by the agent either.',
        fix: 'Mend what the message says, and look again.',
      }),
    ];
  }
}

/** The message of an error with those of its causes, which of a failed `fetch` say all there is. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.cause === undefined ? error.message : `${error.message}: ${messageOf(error.cause)}`;
}

function tooLong(deadline: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    deadline.addEventListener('abort', () =>
      reject(new Error(`no answer within ${CHECK_MS / 1000} s`)),
    );
  });
}
