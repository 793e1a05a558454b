import { join } from 'node:path';
import { z } from 'zod';
import type { RecordsConfig } from '../../config/records.js';
import type { CallLog } from '../../lifecycle/log.js';
import { CALL_FILES, callFolder, listCalls } from '../call-folder.js';
import { readIfThere } from '../files.js';
import { Claim } from '../keeper/claim.js';
import { readState } from '../delivery/state.js';
import type { DeliveryTarget } from '../delivery/target.js';
import { clearRemoved, removeFolder } from './remove-folder.js';

const ended = z.object({ endedAt: z.iso.datetime() });

/**
 * Deletes the folders of calls that ended longer ago than they are to be kept. Never one that is not finished, and never
 * one that still waits to be delivered to one of the targets; what was parked has had its time. Answers the ids of the
 * calls that are gone.
 *
 * @throws the system's error when the folder of calls cannot be read; a call that cannot be deleted is logged.
 */
export async function applyRetention(
  { dataDir, recordsKeepMs }: Pick<RecordsConfig, 'dataDir' | 'recordsKeepMs'>,
  targets: readonly Pick<DeliveryTarget, 'name'>[],
  log: CallLog,
  nowMs: number,
): Promise<string[]> {
  await clearRemoved(dataDir);
  if (recordsKeepMs === undefined) {
    return [];
  }
  const gone: string[] = [];
  for (const callId of await listCalls(dataDir)) {
    const folder = callFolder(dataDir, callId);
    try {
      const endedMs = await endedMsOf(folder);
      if (endedMs !== undefined && nowMs - endedMs > recordsKeepMs) {
        if (await removeDelivered(folder, targets)) {
          gone.push(callId);
        }
      }
    } catch (error) {
      log.error({ callId, error }, 'the folder of an old call could not be deleted');
    }
  }
  if (gone.length > 0) {
    log.info({ calls: gone.length }, 'old calls deleted (RECORDS_KEEP)');
  }
  return gone;
}

/** When a finished call ended, or undefined when it is not finished, or nobody can tell. */
async function endedMsOf(folder: string): Promise<number | undefined> {
  const text = await readIfThere(join(folder, CALL_FILES.call));
  try {
    return text === undefined ? undefined : Date.parse(ended.parse(JSON.parse(text)).endedAt);
  } catch {
    return undefined;
  }
}

/** Under a claim, so that nobody is just sending what is deleted. */
async function removeDelivered(
  folder: string,
  targets: readonly Pick<DeliveryTarget, 'name'>[],
): Promise<boolean> {
  const claim = await Claim.take(folder);
  if (claim === undefined) {
    return false;
  }
  try {
    const state = await readState(folder);
    const waits = targets.some(({ name }) => (state[name]?.state ?? 'pending') === 'pending');
    if (waits) {
      return false;
    }
    await removeFolder(folder);
    return true;
  } finally {
    await claim.release();
  }
}
