import { cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Copies the built agent, so that a build in the middle of a run changes nothing in it. Answers the copy's dist folder.
 *
 * @param folder must not exist
 */
export async function copyAgent(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const dist = join(folder, 'dist');
  await cp(join(REPOSITORY, 'dist'), dist, { recursive: true });
  // What is beside dist/: Node looks for packages upwards of a file, and the agent for its clips.
  for (const name of ['node_modules', 'clips', 'package.json']) {
    await symlink(join(REPOSITORY, name), join(folder, name));
  }
  return dist;
}
