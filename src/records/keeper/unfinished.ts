import { join } from 'node:path';
import { CALL_FILES } from '../call-folder.js';
import { isThere, statIfThere } from '../files.js';
import { readJournal } from '../journal/index.js';
import { isHeld, LEASE_MS, type LeaseHolder } from './lease.js';

/**
 * Whether a call's folder has to be finished: it has a journal and no `call.json`, and nobody writes into it any more. On
 * a full disk a call may have a journal but no lease; it counts as alive while its journal grows.
 *
 * @param now milliseconds since the epoch
 * @param dead the call's process, when it is known to be gone
 */
export async function isUnfinished(
  folder: string,
  now: () => number,
  dead?: LeaseHolder,
): Promise<boolean> {
  if (await isThere(join(folder, CALL_FILES.call))) {
    return false;
  }
  const journal = join(folder, CALL_FILES.journal);
  const writtenMs = (await statIfThere(journal))?.mtimeMs;
  if (writtenMs === undefined || (await isHeld(folder, { now, ...(dead && { dead }) }))) {
    return false;
  }
  const isFresh = now() - writtenMs < LEASE_MS;
  if (dead !== undefined || !isFresh || (await isThere(join(folder, CALL_FILES.lease)))) {
    return true;
  }
  const { entries } = await readJournal(journal);
  return entries.some(({ type }) => type === 'outcome');
}
