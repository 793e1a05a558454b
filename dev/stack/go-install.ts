import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withDeadline } from './deadline.js';
import type { ResolveContext } from './livekit/source.js';
import { startProcess } from './process.js';

/** A build takes one to six minutes on two cores. */
const BUILD_DEADLINE_MS = 20 * 60_000;
const PROGRESS_EVERY_MS = 2000;

/** What to build, and where it is wanted. */
export interface GoProgram {
  /** How messages call it, e.g. `livekit-server`. */
  readonly name: string;
  /** The package with its version, as `go install` takes it. */
  readonly source: string;
  /** The file that it becomes, whatever Go calls it. */
  readonly target: string;
}

/**
 * Builds a program with Go and puts it in its place. Several builders do not disturb each other: each builds into a
 * folder of its own, and the finished program is moved in one step.
 *
 * @throws Error with Go's last lines when the build fails or takes too long.
 */
export async function goInstall(
  { name, source, target }: GoProgram,
  { machine, onProgress, signal }: ResolveContext,
): Promise<string> {
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(join(dirname(target), 'building-'));
  try {
    // -v prints one line for each module downloaded and each package compiled.
    const go = await startProcess({
      name: 'go install',
      command: 'go',
      args: ['install', '-v', source],
      env: { ...machine.env, GOBIN: folder },
      stopSteps: [{ signal: 'SIGINT', waitMs: 2000 }],
      signal,
    });
    const startedAt = performance.now();
    const report = (): void => {
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      onProgress(
        `building ${name} with Go, ${String(seconds)} s: ${countSteps(go.output.lines())}`,
      );
    };
    const timer = setInterval(report, PROGRESS_EVERY_MS);
    try {
      const { code } = await withDeadline(go.exited, BUILD_DEADLINE_MS, 'the build', signal);
      if (code !== 0) {
        throw go.failure('the build failed');
      }
    } finally {
      clearInterval(timer);
      await go.stop();
    }
    const program = programOf(source);
    const built = join(folder, machine.platform === 'win32' ? `${program}.exe` : program);
    await rename(built, target);
    return target;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What Go calls a program that it has built: the last part of its package, which may be followed by a major version. */
function programOf(source: string): string {
  return basename(source.replace(/(\/v\d+)?@.*$/, ''));
}

/** What `go install -v` has done so far, in words. */
export function countSteps(lines: readonly string[]): string {
  const downloaded = lines.filter((line) => line.startsWith('go: downloading ')).length;
  const compiled = lines.filter((line) => /^[a-z0-9]\S*$/i.test(line)).length;
  return `${String(downloaded)} modules downloaded, ${String(compiled)} packages compiled`;
}
