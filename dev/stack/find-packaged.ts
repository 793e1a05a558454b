import { withDeadline } from './deadline.js';
import { findOnPath, type Machine } from './livekit/machine.js';
import { startProcess } from './process.js';

const INSTALL_DEADLINE_MS = 5 * 60_000;
/** There wherever apt is. It is locked itself, which is nothing to apt: that locks files in it. */
const DPKG_FOLDER = '/var/lib/dpkg';

/** A program of others, as the distribution packages it. */
export interface PackagedProgram {
  /** What it may be called on PATH. */
  readonly names: readonly string[];
  /** The variable that may name it. */
  readonly variable?: string;
  /** Debian's packages that bring it. */
  readonly packages: readonly string[];
  /** What to say, and to advise, where there is none and none may be installed. */
  readonly missing: string;
}

/** A program, or a sentence on why there is none and what to do. */
export type Found = { readonly path: string } | { readonly missing: string };

/**
 * The program that the variable names, or the one on PATH. In CI, as root on Debian, it is installed. Never throws: what
 * needs it can be skipped, with the reason.
 */
export async function findPackaged(
  { names, variable, packages, missing }: PackagedProgram,
  machine: Machine,
): Promise<Found> {
  const named = variable === undefined ? '' : (machine.env[variable] ?? '');
  if (variable !== undefined && named !== '') {
    return (await machine.isExecutable(named))
      ? { path: named }
      : { missing: `${variable} names ${named}, which is no program that can be run` };
  }
  const there = await firstOnPath(machine, names);
  if (there !== null) {
    return { path: there };
  }
  if (!(await mayInstall(machine))) {
    return { missing };
  }
  const failure = await install(machine, packages);
  const installed = await firstOnPath(machine, names);
  return installed === null
    ? { missing: `${packages.join(', ')} could not be installed: ${failure}` }
    : { path: installed };
}

/** Whether a package may be installed: in CI, as root on Debian. Anybody else's machine is not ours to change. */
export async function mayInstall(machine: Machine): Promise<boolean> {
  const isCi = machine.env['CI'] === 'true';
  return isCi && process.getuid?.() === 0 && (await findOnPath(machine, 'apt-get')) !== null;
}

async function firstOnPath(machine: Machine, names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const path = await findOnPath(machine, name);
    if (path !== null) {
      return path;
    }
  }
  return null;
}

/** What went wrong, in apt's words; an empty string when nothing did. */
async function install(machine: Machine, packages: readonly string[]): Promise<string> {
  const names = packages.join(' ');
  await using apt = await startProcess({
    name: 'apt-get',
    // apt refuses to run twice at once, and two files of tests may miss a program at the same moment. The second then has nothing to do.
    command: 'flock',
    args: [
      DPKG_FOLDER,
      ...['sh', '-c', `apt-get update -qq && apt-get install -qq --no-install-recommends ${names}`],
    ],
    // In run level 1 a package that brings a service does not start it.
    env: { ...machine.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
  const ended = withDeadline(apt.exited, INSTALL_DEADLINE_MS, 'the installation');
  const code = await ended.then((exit) => exit.code).catch(() => null);
  return code === 0 ? '' : apt.output.tail(3);
}
