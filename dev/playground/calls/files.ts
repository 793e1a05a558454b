import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CALL_FILES, callFolder, listCalls } from '../../../src/records/call-folder.js';
import { readIfThere } from '../../../src/records/files.js';
import type { OfferedRecords } from '../options.js';
import { refused } from './body.js';

export const CALL_FILE_NAMES = ['transcript', 'report'] as const;

const FILES = {
  transcript: { name: CALL_FILES.transcriptText, type: 'text/markdown; charset=utf-8' },
  report: { name: CALL_FILES.reportPages, type: 'application/pdf' },
} as const;

const finished = z.object({ room: z.string() });

/** A file of a caller's own call. */
export interface CallFileRequest {
  /** The room that the caller has a pass for. */
  readonly room: string;
  /** As the agent has told it. */
  readonly callId: string;
  readonly file: (typeof CALL_FILE_NAMES)[number];
}

/**
 * What a call has left behind.
 *
 * @returns `not-yet` as long as the record is not complete.
 * @throws HTTPException 403 when it is not offered, 404 when there is no such call or file.
 */
export async function callFile(
  records: OfferedRecords | undefined,
  { room, callId, file }: CallFileRequest,
): Promise<{ content: Uint8Array<ArrayBuffer>; type: string } | 'not-yet'> {
  if (records?.[file] !== true) {
    throw refused(403, 'That is not given out here.');
  }
  if (!(await listCalls(records.dataDir)).includes(callId)) {
    throw refused(404, 'There is no such call.');
  }
  const folder = callFolder(records.dataDir, callId);
  // Written last: with it, the record is complete.
  const call = await readIfThere(join(folder, CALL_FILES.call));
  if (call === undefined) {
    return 'not-yet';
  }
  if (finished.safeParse(JSON.parse(call)).data?.room !== room) {
    throw refused(404, 'There is no such call.');
  }
  const { name, type } = FILES[file];
  const content = await readFile(join(folder, name)).catch(() => undefined);
  if (content === undefined) {
    throw refused(404, 'This call has left none.');
  }
  return { content: new Uint8Array(content), type };
}
