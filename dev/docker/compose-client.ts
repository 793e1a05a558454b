import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { cachedProgram, thisMachine, type Machine } from '../stack/livekit/machine.js';

/** Can be built with Go 1.26.8 (self-hosting facts, 3). */
const VERSION = 'v2.40.3';
const PACKAGE = 'github.com/docker/compose/v2/cmd';
const BUILD_MS = 15 * 60_000;

/**
 * The command line of Docker Compose: the plugin, or one that is built once with Go (three minutes on two cores).
 *
 * @throws Error that says what to install.
 */
export async function findCompose(machine: Machine = thisMachine()): Promise<readonly string[]> {
  if ((await machine.ask('docker', ['compose', 'version'])) !== null) {
    return ['docker', 'compose'];
  }
  const target = cachedProgram(machine, 'docker-compose', VERSION);
  if (!(await machine.isExecutable(target))) {
    if ((await machine.ask('go', ['version'])) === null) {
      throw new Error('`docker compose` is missing: install Docker’s Compose plugin, or Go.');
    }
    await buildCompose(target);
  }
  return [target];
}

/** `go install` refuses a module that excludes versions; as a tool of another module it can be built. */
async function buildCompose(target: string): Promise<void> {
  process.stderr.write(`  docker compose: building ${VERSION} with Go, which takes minutes\n`);
  await mkdir(dirname(target), { recursive: true });
  const cwd = await mkdtemp(join(dirname(target), 'building-'));
  const options = { cwd, timeout: BUILD_MS };
  try {
    await execa('go', ['mod', 'init', 'steadfast.test/compose'], options);
    await execa('go', ['get', '-tool', `${PACKAGE}@${VERSION}`], options);
    await execa('go', ['build', '-o', 'docker-compose', PACKAGE], options);
    await rename(join(cwd, 'docker-compose'), target);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}
