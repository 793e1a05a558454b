import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Special } from '../row.js';

const run = promisify(execFile);
const FULL_AFTER = '4k';

/** This machine cannot bring about a fault. The row is skipped, loudly. */
export class CannotProvokeError extends Error {
  override readonly name = 'CannotProvokeError';
}

/** Where a worker keeps its records: a usual folder, one that cannot be, or a disk with hardly any room. */
export async function recordsFolder(
  wanted: Special['records'],
  folder: string,
): Promise<{ dataDir: string; remove: () => Promise<void> }> {
  const remove = async (): Promise<void> => undefined;
  if (wanted === 'unwritable') {
    // Nobody can make a folder below a device, not even root.
    return { dataDir: '/dev/null/records', remove };
  }
  await mkdir(folder, { recursive: true });
  if (wanted === undefined) {
    return { dataDir: folder, remove };
  }
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${FULL_AFTER}`, 'steadfast-full', folder]);
  } catch {
    throw new CannotProvokeError('a full disk needs the right to mount one (run as root on Linux)');
  }
  return { dataDir: folder, remove: () => run('umount', ['-l', folder]).then(() => undefined) };
}
