import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { callFolder } from '../journal/path.js';
import { undefinedWhenMissing } from './call-files.js';

/** One call's folder on the disk. */
export interface CallFolder {
  readonly callId: string;
  readonly folder: string;
}

/** The folders of all calls, in no order that means anything. What has another name than a call is left out. */
export async function callFolders(dataDir: string): Promise<CallFolder[]> {
  const entries = await readdir(join(dataDir, 'calls'), { withFileTypes: true }).catch(
    undefinedWhenMissing,
  );
  return (entries ?? []).flatMap((entry) => {
    const folder = entry.isDirectory() ? folderOf(dataDir, entry.name) : undefined;
    return folder === undefined ? [] : [{ callId: entry.name, folder }];
  });
}

/** The folder of a call id that may be anything, or undefined when it cannot name one. */
export function folderOf(dataDir: string, callId: string): string | undefined {
  try {
    return callFolder(dataDir, callId);
  } catch {
    return undefined;
  }
}
