import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CALL_FILES } from '../call-folder.js';
import { hasCode } from '../files.js';

/** What a receiver is told of a call, in the order in which it is told; each may be missing but the first. */
export const REPORT_FILES = {
  [CALL_FILES.call]: 'application/json',
  [CALL_FILES.reportData]: 'application/json',
  [CALL_FILES.reportText]: 'text/markdown; charset=utf-8',
  [CALL_FILES.reportPages]: 'application/pdf',
  [CALL_FILES.transcriptData]: 'application/json',
  [CALL_FILES.transcriptText]: 'text/markdown; charset=utf-8',
} as const;

/** Everything that is kept of a call. */
export const RECORD_FILES = {
  [CALL_FILES.journal]: 'application/x-ndjson',
  ...REPORT_FILES,
} as const;

/** One file of a call, whole. */
export interface CallFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Reads those of the named files that exist. */
export async function readCallFiles(
  folder: string,
  types: Readonly<Record<string, string>>,
): Promise<CallFile[]> {
  const files: CallFile[] = [];
  for (const [name, type] of Object.entries(types)) {
    const bytes = await readFile(join(folder, name)).catch(undefinedWhenMissing);
    if (bytes !== undefined) {
      files.push({ name, type, bytes: new Uint8Array(bytes) });
    }
  }
  return files;
}

/** For `catch`: what does not exist is undefined, everything else stays an error. */
function undefinedWhenMissing(error: unknown): undefined {
  if (hasCode(error, 'ENOENT')) {
    return undefined;
  }
  throw error;
}
