import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../../../../dev/stack/deadline.js';
import { temporaryFolder } from './temporary-folder.js';

/** Whether a process runs. One that is dead but not yet buried does not. */
export function isAlive(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], {
      encoding: 'utf8',
    }).trim();
    return state !== '' && !state.startsWith('Z');
  } catch {
    return false;
  }
}

/** A file into which a program is to write its pid, and that pid as soon as it stands there. */
export function pidFile(): { file: string; pid: () => Promise<number> } {
  const file = join(temporaryFolder(), 'pid');
  const read = (): number => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0);
  const pid = async (): Promise<number> => {
    await waitUntil(() => read() > 0, { deadlineMs: 10_000, what: 'its pid' });
    return read();
  };
  return { file, pid };
}
