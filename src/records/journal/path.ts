import { join } from 'node:path';

/** What a call’s id looks like, and so the name of its folder. */
export const CALL_ID = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * The folder of one call. The id comes from outside, so it is checked before it becomes part of a path.
 *
 * @throws RangeError when the id is not fit for a path.
 */
export function callFolder(dataDir: string, callId: string): string {
  if (!CALL_ID.test(callId)) {
    throw new RangeError(
      'A call id consists of 1 to 128 letters, digits, dashes and underscores; this one cannot name a folder.',
    );
  }
  return join(dataDir, 'calls', callId);
}

/** The journal of one call: `<data>/calls/<call id>/journal.jsonl`. */
export function journalFile(dataDir: string, callId: string): string {
  return join(callFolder(dataDir, callId), 'journal.jsonl');
}
