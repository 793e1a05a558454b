import { goInstall } from './go-install.js';
import { cachedProgram, findOnPath } from './livekit/machine.js';
import type { ResolveContext } from './livekit/source.js';

/** A program of others, in one version, that Go can build. */
export interface PinnedProgram {
  /** What it is, as messages say it, e.g. `S3 server`. */
  readonly what: string;
  /** As it is called on PATH. */
  readonly name: string;
  /** The variable that may name it. */
  readonly variable: string;
  /** Its Go package, without the version. */
  readonly source: string;
  readonly version: string;
}

/**
 * The path of the program: the one that the variable names, the one on PATH, the one built earlier, or a new build with
 * Go, into the cache.
 *
 * @throws Error that says what to install, when there is none and none can be built.
 */
export async function findProgram(
  { what, name, variable, source, version }: PinnedProgram,
  context: ResolveContext,
): Promise<string> {
  const { machine } = context;
  const named = machine.env[variable] ?? '';
  if (named !== '') {
    if (await machine.isExecutable(named)) {
      return named;
    }
    throw new Error(`${variable} names ${named}, which is no program that can be run.`);
  }
  const target = cachedProgram(machine, name, version);
  const there = (await findOnPath(machine, name)) ?? target;
  if (await machine.isExecutable(there)) {
    return there;
  }
  if ((await machine.ask('go', ['version'])) === null) {
    throw new Error(
      `No ${what} can be had here: install Go (https://go.dev/dl), which builds one once, or put ${name} on PATH.`,
    );
  }
  return goInstall({ name, source: `${source}@${version}`, target }, context);
}
