import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import {
  access,
  link,
  open,
  readFile,
  rename,
  stat,
  unlink,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Whoever may read a record reads what a candidate said: the owner alone. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** How a file gets its bytes; tests put a full disk in its place. */
export type FillFile = (file: FileHandle, data: string | Uint8Array) => Promise<void>;

const fillAndSync: FillFile = async (file, data) => {
  await file.writeFile(data);
  await file.sync();
};

/** Names that hold what is not finished; nobody but their writer looks at them. */
const TEMPORARY = /^\..+\.[0-9a-f]{12}\.tmp$/;

/** Whether a name is one of a file that its writer did not finish. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}

/**
 * Writes a file as a whole: it is either there with all of `data`, on the disk, or what was there before is. What was
 * there before is replaced.
 *
 * @throws Error of the file system, with nothing left behind.
 */
export async function writeWhole(
  file: string,
  data: string | Uint8Array,
  fill: FillFile = fillAndSync,
): Promise<void> {
  await throughTemporary(file, data, fill, (temporary) => rename(temporary, file));
}

/**
 * The same for a file that may be written only once, however many writers there are: answers false, and changes nothing,
 * when it is there already.
 */
export async function writeOnce(
  file: string,
  data: string | Uint8Array,
  fill: FillFile = fillAndSync,
): Promise<boolean> {
  try {
    await throughTemporary(file, data, fill, async (temporary) => {
      // Unlike a rename, a link never replaces.
      await link(temporary, file);
      await unlink(temporary);
    });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) {
      return false;
    }
    throw error;
  }
}

/** The text of a file, or nothing when there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

/** Whether an error of the file system is this one, such as `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

async function throughTemporary(
  file: string,
  data: string | Uint8Array,
  fill: FillFile,
  publish: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(file);
  const temporary = join(folder, `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', FILE_MODE);
    try {
      await fill(handle, data);
    } finally {
      await handle.close();
    }
    await publish(temporary);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

/** The name, too, has to be on the disk. Some file systems cannot do that, and need not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Whether there is such a file, as far as can be seen. */
export async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Undefined when there is no such file. @throws what the system says when it cannot be looked at */
export async function statIfThere(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}
