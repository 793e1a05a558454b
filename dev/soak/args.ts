import { parseArgs } from 'node:util';
import { COMMON_OPTIONS } from '../bench/common-options.js';

export interface SoakArgs {
  readonly help: boolean;
  /** The result as one line of JSON on standard output. */
  readonly json: boolean;
  /** How many calls in all, and how many of them at once. */
  readonly calls: number;
  readonly parallel: number;
  /** How often the connection of one call is cut. */
  readonly reconnects: number;
  /** How many replies a call without a cut has. */
  readonly replies: number;
  /** Another build of this agent than dist/agent.js, for the calls. */
  readonly entry: string | undefined;
  /** Whether docs/soak.* are written anew: by a whole run that was not told otherwise. */
  readonly writesDocs: boolean;
}

export const USAGE = `Holds many calls, and cuts the connection of one call many times; says what memory gains by each.

  npm run soak                     all of it, about 16 minutes; writes docs/soak.md, .json and .svg
  npm run --silent soak -- --json  the result as one line of JSON on standard output, progress on standard error

  --calls N         calls on one worker, half of them one after another (default 30; 0: none)
  --parallel M      the other half, so many at once (default 3)
  --reconnects K    cuts of the connection in one call (default 1000; 0: none)
  --replies R       replies in one call without a cut (default 300; 0: none)
  --quick           8 calls, 60 reconnects, 30 replies
  --entry FILE      holds the calls with another build than dist/agent.js; writes no docs
  --no-docs         leaves docs/ as it is, as everything but a whole run does
  --help            this text

Ends with exit code 1 when memory gains significantly more than is allowed, or when something is left behind.
Processes are looked at in /proc, so only on Linux.`;

const DEFAULTS = { calls: 30, parallel: 3, reconnects: 1000, replies: 300 };
const QUICK = { calls: 8, parallel: 2, reconnects: 60, replies: 30 };

/**
 * Reads the command line.
 *
 * @throws Error that says what is wrong with it, for a person.
 */
export function parseSoakArgs(args: readonly string[]): SoakArgs {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...COMMON_OPTIONS,
      calls: { type: 'string' },
      parallel: { type: 'string' },
      reconnects: { type: 'string' },
      replies: { type: 'string' },
    },
  });
  const standard = values.quick ? QUICK : DEFAULTS;
  const numbers = {
    calls: count('--calls', values.calls, standard.calls),
    parallel: count('--parallel', values.parallel, standard.parallel),
    reconnects: count('--reconnects', values.reconnects, standard.reconnects),
    replies: count('--replies', values.replies, standard.replies),
  };
  if (numbers.parallel < 1 || numbers.parallel > 20) {
    throw new Error(`--parallel is from 1 to 20, not ${numbers.parallel}`);
  }
  const { calls, reconnects, replies } = numbers;
  const isWhole =
    calls >= DEFAULTS.calls && reconnects >= DEFAULTS.reconnects && replies >= DEFAULTS.replies;
  return {
    help: values.help,
    json: values.json,
    ...numbers,
    entry: values.entry,
    writesDocs: isWhole && values.entry === undefined && !values['no-docs'],
  };
}

function count(name: string, given: string | undefined, standard: number): number {
  const value = given === undefined ? standard : Number(given);
  if (!Number.isInteger(value) || value < 0 || given === '') {
    throw new Error(`${name} is a whole number, not "${String(given)}"`);
  }
  return value;
}
