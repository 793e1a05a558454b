import { randomUUID } from 'node:crypto';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FOLDER_MODE } from '../../records/files.js';
import { messageOf, type Check } from '../check.js';
import { well, wrong, type Finding } from '../finding.js';

/** Room for some thousand calls. */
const ROOM_MB = 500;

/** Whether calls can be written down. */
export const records: Check = {
  name: 'records',
  async run({ dataDir }) {
    const folder = join(dataDir, 'calls');
    const file = join(folder, `.doctor-${randomUUID()}`);
    try {
      await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
      await writeFile(file, 'ok', { flush: true });
      return [well('records folder', `${folder} can be written in`), await space(dataDir)];
    } catch (error) {
      return [
        wrong('records folder', {
          what: `nothing can be written in ${folder}: ${messageOf(error)}`,
          why: 'Calls would go on, and leave neither journal nor report.',
          fix: `Give the user who runs the agent ${folder}, or set DATA_DIR to a folder of theirs.`,
        }),
      ];
    } finally {
      await rm(file, { force: true }).catch(() => undefined);
    }
  },
};

async function space(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20);
  return freeMb >= ROOM_MB
    ? well('disk', `${freeMb} MB are free for records`)
    : wrong('disk', {
        what: `${freeMb} MB are free in ${dataDir}`,
        why: 'When the disk is full calls go on, and their records are lost.',
        fix: 'Make room, or have old calls deleted (RECORDS_KEEP=90d).',
      });
}
