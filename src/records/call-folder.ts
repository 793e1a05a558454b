import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './files.js';
import { CALL_ID } from './journal/path.js';

export { callFolder } from './journal/path.js';

/** What lies in the folder of a call. `call.json` is written last: a folder that has one is finished. */
export const CALL_FILES = {
  journal: 'journal.jsonl',
  lease: 'lease.json',
  transcriptText: 'transcript.md',
  transcriptData: 'transcript.json',
  reportData: 'report.json',
  reportText: 'report.md',
  reportPages: 'report.pdf',
  call: 'call.json',
  delivery: 'delivery.json',
} as const;

/** Ids of all calls that have a folder, finished or not. What is no call's folder is passed over. */
export async function listCalls(dataDir: string): Promise<string[]> {
  try {
    const entries = await readdir(join(dataDir, 'calls'), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && CALL_ID.test(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return [];
    }
    throw error;
  }
}
