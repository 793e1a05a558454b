import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

/** How many lines of each log are printed. */
const END_LINES = 60;

let hasFailed = false;
afterEach(({ task }) => {
  hasFailed ||= task.result?.state === 'fail';
});

/** Where the pieces of a test keep their data, and in `logs/` what they print. */
export interface DataFolder {
  readonly path: string;
  /**
   * Makes the last checks, and removes it. When one of them or a test of the file has failed it stays, and the ends of its logs
   * are printed: whoever looks at CI sees no more than that.
   */
  finish(check: () => Promise<void>): Promise<void>;
}

export async function makeDataFolder(): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), 'steadfast-e2e-'));
  return {
    path,
    finish: async (check) => {
      try {
        await check();
      } catch (error) {
        hasFailed = true;
        throw error;
      } finally {
        await (hasFailed ? printEnds(path) : remove(path));
      }
    },
  };
}

function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 3 });
}

async function printEnds(path: string): Promise<void> {
  process.stderr.write(`A test has failed. Its data is kept in ${path}\n`);
  const logs = join(path, 'logs');
  for (const name of await readdir(logs)) {
    const lines = (await readFile(join(logs, name), 'utf8')).trimEnd().split('\n');
    process.stderr.write(`== the end of ${name}\n${lines.slice(-END_LINES).join('\n')}\n`);
  }
}
