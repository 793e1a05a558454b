import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

const PRIVATE = 0o600;

/**
 * Puts a file in its place in one step, when all of it is on the disk: whoever reads it sees the old one or the new
 * one, whatever happens to this process or the machine.
 *
 * @throws the system's error when the disk is full or the folder gone; the old file is as it was then.
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(temporary, 'wx', PRIVATE);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
