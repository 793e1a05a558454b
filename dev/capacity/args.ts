import { parseArgs } from 'node:util';
import { COMMON_OPTIONS } from '../bench/common-options.js';

export interface CapacityArgs {
  readonly help: boolean;
  /** The result as one line of JSON on standard output. */
  readonly json: boolean;
  /** Numbers of calls at once, one after the other. */
  readonly steps: readonly number[];
  /** How long is listened in each. */
  readonly listenMs: number;
  /** Another build of this agent than dist/agent.js. */
  readonly entry: string | undefined;
  /** Whether docs/capacity.* are written anew: by a whole run that was not told otherwise. */
  readonly writesDocs: boolean;
}

export const USAGE = `Raises the number of calls at once on this machine until the agent's audio suffers; says what each part takes.

  npm run capacity                     all of it, 6 minutes at most; writes docs/capacity.md and .json
  npm run --silent capacity -- --json  the result as one line of JSON on standard output, progress on standard error

  --steps 1,2,4     the numbers of calls at once (default 1,2,3,4,6,8,10,12,16,20); writes no docs
  --listen S        seconds in which is listened in each step (default 20); writes no docs
  --quick           two steps of ten seconds; writes no docs
  --entry FILE      another build than dist/agent.js; writes no docs
  --no-docs         leaves docs/ as it is
  --help            this text

Everything runs on this machine: LiveKit, the simulator, the worker, the callers. Processes are looked at in /proc, so only on Linux.
Leave the machine alone meanwhile. Ends with exit code 1 when not even the first step was within the limits.`;

const STEPS = [1, 2, 3, 4, 6, 8, 10, 12, 16, 20];
const LISTEN_SECONDS = 20;
const QUICK = { steps: [1, 2], seconds: 10 };

/**
 * Reads the command line.
 *
 * @throws Error that says what is wrong with it, for a person.
 */
export function parseCapacityArgs(args: readonly string[]): CapacityArgs {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...COMMON_OPTIONS,
      steps: { type: 'string' },
      listen: { type: 'string' },
    },
  });
  const { help, json, quick, entry } = values;
  const isWhole =
    !quick && values.steps === undefined && values.listen === undefined && entry === undefined;
  return {
    help,
    json,
    steps: stepsIn(values.steps) ?? (quick ? QUICK.steps : STEPS),
    listenMs: (secondsIn(values.listen) ?? (quick ? QUICK.seconds : LISTEN_SECONDS)) * 1000,
    entry,
    writesDocs: isWhole && !values['no-docs'],
  };
}

function stepsIn(given: string | undefined): number[] | undefined {
  if (given === undefined) {
    return undefined;
  }
  const steps = given.split(',').map(Number);
  const isRising = steps.every((step, at) => step > (steps[at - 1] ?? 0));
  if (!isRising || !steps.every((step) => Number.isInteger(step) && step <= 100)) {
    throw new Error(`--steps are whole numbers from 1 to 100, each above the last, not "${given}"`);
  }
  return steps;
}

function secondsIn(given: string | undefined): number | undefined {
  if (given === undefined) {
    return undefined;
  }
  const seconds = Number(given);
  if (given === '' || !(seconds >= 1 && seconds <= 60)) {
    throw new Error(`--listen is from 1 to 60 seconds, not "${given}"`);
  }
  return seconds;
}
