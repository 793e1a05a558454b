import { randomBytes } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hasCode } from '../files.js';

/** No call has a name with a dot in it: what is being removed is no call's folder any more. */
const REMOVED = '.removed-';

/** Removes a call's folder. It disappears in one step, so nobody ever finds half of one. Answers the files' names. */
export async function removeFolder(folder: string): Promise<string[]> {
  const grave = join(
    dirname(folder),
    `${REMOVED}${basename(folder)}-${randomBytes(4).toString('hex')}`,
  );
  await rename(folder, grave);
  const files = await readdir(grave);
  await rm(grave, { recursive: true, force: true });
  return files;
}

/** Finishes what a process that died had begun to remove. */
export async function clearRemoved(dataDir: string): Promise<void> {
  const calls = join(dataDir, 'calls');
  const names = await readdir(calls).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) {
      return [];
    }
    throw error;
  });
  for (const name of names) {
    if (name.startsWith(REMOVED)) {
      await rm(join(calls, name), { recursive: true, force: true });
    }
  }
}
