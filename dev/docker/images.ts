import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { LIVEKIT_VERSION } from '../stack/livekit/source.js';
import { findPackaged, type PackagedProgram } from '../stack/find-packaged.js';
import { thisMachine } from '../stack/livekit/machine.js';
import { resolveLiveKit } from '../stack/livekit/resolve.js';
import type { Engine } from './engine.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TARGETS = ['agent', 'page', 'simulator'] as const;
/** Makes the base images where none can be pulled. */
const DEBOOTSTRAP: PackagedProgram = {
  names: ['debootstrap'],
  packages: ['debootstrap'],
  missing: 'let Docker pull images, or install debootstrap',
};
const PULL_MS = 5 * 60_000;
const BUILD_MS = 15 * 60_000;

/** LiveKit's image, as docker-compose.yml names it. */
const LIVEKIT_IMAGE = `livekit/livekit-server:${LIVEKIT_VERSION}`;

/** Images that were built, with their size in megabytes. */
export type Built = Readonly<Record<(typeof TARGETS)[number], number>>;

/**
 * Builds the images of docker-compose.yml, from base images that are pulled, or made here where none can be.
 *
 * @throws Error with the last lines of what failed.
 */
export async function buildImages({ env }: Engine): Promise<Built> {
  await provideBaseImages(env);
  const hasBuildx =
    (await execa('docker', ['buildx', 'version'], { reject: false })).exitCode === 0;
  const buildEnv = hasBuildx ? env : { ...env, DOCKER_BUILDKIT: '0' };
  const sizes: [string, number][] = [];
  for (const target of TARGETS) {
    const tag = `steadfast-${target}`;
    process.stderr.write(`  building ${tag}\n`);
    const args = ['build', '--target', target, '--tag', tag, '.'];
    await execa('docker', args, { cwd: ROOT, env: buildEnv, timeout: BUILD_MS });
    const size = await execa('docker', ['image', 'inspect', '--format', '{{.Size}}', tag], { env });
    sizes.push([target, Math.round(Number(size.stdout) / 1e6)]);
  }
  const { agent = 0, page = 0, simulator = 0 } = Object.fromEntries(sizes);
  return { agent, page, simulator };
}

async function provideBaseImages(env: Engine['env']): Promise<void> {
  // Both: of two that were to be made here, the second may be missing, when that was broken off.
  if ((await isThereOrPulled('node:24-slim', env)) && (await isThereOrPulled(LIVEKIT_IMAGE, env))) {
    return;
  }
  process.stderr.write('  no image can be pulled: the base images are made here\n');
  const debootstrap = await findPackaged(DEBOOTSTRAP, thisMachine());
  if ('missing' in debootstrap) {
    throw new Error(`No image can be pulled, and none be made here: ${debootstrap.missing}.`);
  }
  const script = fileURLToPath(new URL('./base-images.sh', import.meta.url));
  const options = { env, timeout: BUILD_MS, stderr: 'inherit' } as const;
  await execa('bash', [script, await livekitServer(), LIVEKIT_IMAGE], options);
}

async function isThereOrPulled(image: string, env: Engine['env']): Promise<boolean> {
  const options = { env, reject: false, timeout: PULL_MS };
  const isThere = await execa('docker', ['image', 'inspect', image], options);
  return (
    isThere.exitCode === 0 || (await execa('docker', ['pull', '-q', image], options)).exitCode === 0
  );
}

async function livekitServer(): Promise<string> {
  const onProgress = (message: string) => process.stderr.write(`  livekit: ${message}\n`);
  const source = await resolveLiveKit({ machine: thisMachine(), onProgress });
  if (source.kind !== 'binary') {
    throw new Error(
      'LiveKit’s image cannot be pulled, and there is no livekit-server to make one of.',
    );
  }
  return source.path;
}
