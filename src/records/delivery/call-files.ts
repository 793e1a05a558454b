import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Written last of all, by whoever finishes a call: where it is, the call is finished. */
export const CALL_FILE = 'call.json';

/** What a receiver is told of a call, in the order in which it is told; each may be missing but the first. */
export const REPORT_FILES = {
  [CALL_FILE]: 'application/json',
  'report.json': 'application/json',
  'report.md': 'text/markdown; charset=utf-8',
  'report.pdf': 'application/pdf',
  'transcript.json': 'application/json',
  'transcript.md': 'text/markdown; charset=utf-8',
} as const;

/** Everything that is kept of a call. */
export const RECORD_FILES = { 'journal.jsonl': 'application/x-ndjson', ...REPORT_FILES } as const;

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

/** For `catch`: a file that does not exist is undefined, everything else stays an error. */
export function undefinedWhenMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return undefined;
  }
  throw error;
}
