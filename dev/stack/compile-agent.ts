import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** An agent as JavaScript, in a folder of its own. */
export interface CompiledAgent extends AsyncDisposable {
  /** What `startWorker` takes as `entry`. */
  readonly entry: string;
}

/**
 * Compiles an agent of dev/ into one file, for a worker to run. Not with tsx: its loader would be in the worker and in each of
 * its job processes, and would be measured with them. What an agent imports from src is compiled into the file; packages are
 * not.
 *
 * @param agent path of the agent's TypeScript file, from the repository's root
 * @throws Error when it does not compile.
 */
export async function compileAgent(agent: string): Promise<CompiledAgent> {
  const folder = await mkdtemp(join(tmpdir(), 'steadfast-agent-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const outDir = join(folder, 'dist');
    await mkdir(outDir);
    // Node finds packages upwards of the file.
    await symlink(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'), 'dir');
    // As of the built agent, which reads its version from there.
    await symlink(join(REPOSITORY, 'package.json'), join(folder, 'package.json'), 'file');
    await build({
      config: false,
      silent: true,
      entry: [join(REPOSITORY, agent)],
      outDir,
      format: 'esm',
      target: 'node20',
      skipNodeModulesBundle: true,
      splitting: false,
      outExtension: () => ({ js: '.mjs' }),
    });
    const entry = join(outDir, `${basename(agent, '.ts')}.mjs`);
    return { entry, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
