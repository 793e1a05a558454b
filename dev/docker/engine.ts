import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { findPackaged, mayInstall, type PackagedProgram } from '../stack/find-packaged.js';
import { thisMachine, type Machine } from '../stack/livekit/machine.js';
import { waitUntil } from '../stack/deadline.js';
import { startProcess } from '../stack/process.js';
import { keepFirewall } from './firewall.js';

/** What Docker's client needs to find the engine; and how it is left as it was. */
export interface Engine {
  readonly env: Readonly<Record<string, string>>;
  /** Whether it was started here, and so has no containers but ours. */
  readonly isOurs: boolean;
  /** Stops an engine that was started here; one that was running stays. */
  stop(): Promise<void>;
}

const DOCKERD: PackagedProgram = {
  names: ['dockerd'],
  packages: ['docker.io', 'iptables'],
  missing: 'no Docker engine answers: start one, or install Docker',
};
const ANSWER_MS = 20_000;
const START_MS = 60_000;

/**
 * The Docker engine that is running, or in CI, as root on Debian, one that is installed and started. Never throws: without
 * one the tests are skipped, with the reason.
 */
export async function findEngine(
  machine: Machine = thisMachine(),
): Promise<Engine | { readonly missing: string }> {
  if (await answers({})) {
    return { env: {}, isOurs: false, stop: async () => undefined };
  }
  // Also where dockerd is there: an engine of our own changes the machine's firewall.
  if (!(await mayInstall(machine))) {
    return { missing: DOCKERD.missing };
  }
  const dockerd = await findPackaged(DOCKERD, machine);
  if ('missing' in dockerd) {
    return dockerd;
  }
  try {
    return await startEngine(machine);
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

/** An engine of our own, with its own socket; what it has built is kept for the next time. */
async function startEngine(machine: Machine): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'steadfast-docker-'));
  const env = { DOCKER_HOST: `unix://${join(folder, 'docker.sock')}` };
  const restoreFirewall = await keepFirewall();
  const daemon = await startProcess({
    name: 'dockerd',
    command: 'dockerd',
    args: [
      ...['--host', env.DOCKER_HOST],
      ...['--data-root', join(machine.cacheDir, 'docker')],
      ...['--exec-root', join(folder, 'run')],
      ...['--pidfile', join(folder, 'docker.pid')],
    ],
    // Its containers end with it.
    stopSteps: [{ signal: 'SIGTERM', waitMs: 30_000 }],
  });
  const stop = async (): Promise<void> => {
    await daemon.stop();
    // The engine leaves its bridge, and a firewall that forwards nothing.
    await execa('ip', ['link', 'delete', 'docker0'], { reject: false });
    await restoreFirewall();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await waitUntil(
      async () => {
        if (!daemon.running) {
          throw daemon.failure('ended at its start');
        }
        return answers(env);
      },
      { deadlineMs: START_MS, what: 'the Docker engine' },
    );
    return { env, isOurs: true, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answers(env: Engine['env']): Promise<boolean> {
  const asked = await execa('docker', ['info', '--format', '{{.ServerVersion}}'], {
    env,
    reject: false,
    timeout: ANSWER_MS,
  });
  return asked.exitCode === 0 && asked.stdout !== '';
}
