import { parseArgs } from 'node:util';
import { COMMON_OPTIONS } from './common-options.js';

/** What can be measured; each once or several times, ours and the bare agent in turn. */
export const SECTIONS = ['first-word', 'conversation', 'further-calls'] as const;
export type Section = (typeof SECTIONS)[number];

export interface BenchArgs {
  readonly help: boolean;
  /** The result as one line of JSON on standard output. */
  readonly json: boolean;
  /** Few repetitions: to see that it works, not for figures. */
  readonly quick: boolean;
  readonly only: readonly Section[];
  /** Another build of this agent than dist/agent.js. */
  readonly entry: string | undefined;
  /** Whether docs/benchmarks.* are written anew: by a whole run that was not told otherwise. */
  readonly writesDocs: boolean;
}

export const USAGE = `Measures the agent beside a bare one that is written as LiveKit's documentation shows.

  npm run bench                    all of it, about 7 minutes; writes docs/benchmarks.md, .json and .svg
  npm run --silent bench -- --json the result as one line of JSON on standard output, progress on standard error

  --quick           few repetitions; writes no docs
  --only SECTION    first-word, conversation or further-calls; may be given several times; writes no docs
  --entry FILE      measures another build of this agent than dist/agent.js; writes no docs
  --no-docs         leaves docs/ as it is
  --help            this text

Both run on one LiveKit server and one simulator (300 ms handshake, 400 ms to the first audio), in turn.
Memory and processor time are read from /proc, so only on Linux. Leave the machine alone meanwhile.`;

/**
 * Reads the command line.
 *
 * @throws Error that says what is wrong with it, for a person.
 */
export function parseBenchArgs(args: readonly string[]): BenchArgs {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...COMMON_OPTIONS,
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const { help, json, quick, entry } = values;
  const only = values.only.map(sectionNamed);
  return {
    help,
    json,
    quick,
    only: only.length === 0 ? SECTIONS : only,
    entry,
    writesDocs: !quick && only.length === 0 && entry === undefined && !values['no-docs'],
  };
}

function sectionNamed(name: string): Section {
  const section = SECTIONS.find((one) => one === name);
  if (section === undefined) {
    throw new Error(`--only is one of ${SECTIONS.join(', ')}, not "${name}"`);
  }
  return section;
}
