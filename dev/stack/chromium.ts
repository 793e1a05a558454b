import { findOnPath, thisMachine, type Machine } from './livekit/machine.js';
import { startProcess } from './process.js';
import { withDeadline } from './deadline.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const;
const INSTALL_DEADLINE_MS = 5 * 60_000;

/** A browser, or a sentence on why there is none and what to do. */
export type Chromium = { readonly path: string } | { readonly missing: string };

/**
 * Finds a Chromium for the page's tests: CHROMIUM_BIN, or one on PATH. In CI, as root on Debian, it
 * installs the distribution's. Never throws: without one the tests are skipped, with the reason.
 */
export async function findChromium(machine: Machine = thisMachine()): Promise<Chromium> {
  const named = machine.env['CHROMIUM_BIN'] ?? '';
  if (named !== '') {
    return (await machine.isExecutable(named))
      ? { path: named }
      : { missing: `CHROMIUM_BIN names ${named}, which is no program that can be run` };
  }
  const found = await firstOnPath(machine);
  if (found !== null) {
    return { path: found };
  }
  if (await maySafelyInstall(machine)) {
    const failure = await installChromium(machine);
    const installed = await firstOnPath(machine);
    return installed === null
      ? { missing: `chromium was not installed: ${failure}` }
      : { path: installed };
  }
  return { missing: 'no Chromium on PATH; install one or name it in CHROMIUM_BIN' };
}

async function firstOnPath(machine: Machine): Promise<string | null> {
  for (const name of NAMES) {
    const path = await findOnPath(machine, name);
    if (path !== null) {
      return path;
    }
  }
  return null;
}

/** A CI machine is thrown away afterwards; anybody else's is not ours to change. */
async function maySafelyInstall(machine: Machine): Promise<boolean> {
  const isCi = machine.env['CI'] === 'true';
  return isCi && process.getuid?.() === 0 && (await findOnPath(machine, 'apt-get')) !== null;
}

/** Returns what went wrong, in apt's words; an empty string when nothing did. */
async function installChromium(machine: Machine): Promise<string> {
  const script = 'apt-get update -qq && apt-get install -qq --no-install-recommends chromium';
  await using apt = await startProcess({
    name: 'apt-get',
    command: 'sh',
    args: ['-c', script],
    env: { ...machine.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const ended = withDeadline(apt.exited, INSTALL_DEADLINE_MS, 'the installation');
  const code = await ended.then((exit) => exit.code).catch(() => null);
  return code === 0 ? '' : apt.output.tail(3);
}
