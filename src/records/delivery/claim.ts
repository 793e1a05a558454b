import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { undefinedWhenMissing } from './call-files.js';
import { writeWhole } from './write-whole.js';

const PREFIX = 'delivery-claim-';
const CLAIM = /^delivery-claim-[0-9a-f]{16}$/;
const claim = z.object({ expiresAt: z.iso.datetime() });

/** A folder that this process alone works on, until it lets go or the claim expires. */
export interface Claim {
  release(): Promise<void>;
}

/**
 * Claims a call's folder, or answers undefined: somebody else has. Of several that try at the same moment at most one
 * gets it, in processes and machines alike: each puts a file of its own beside the others, then looks, and withdraws
 * when it is not alone. A claim of a process that died is nothing once it has expired (clocks of machines that share a
 * folder must agree to the minute).
 *
 * @param holdMs after which the claim expires; longer than the work can take.
 */
export async function claimFolder(
  folder: string,
  holdMs: number,
  nowMs = Date.now(),
): Promise<Claim | undefined> {
  if ((await othersIn(folder, undefined, nowMs)) > 0) {
    return undefined;
  }
  const own = `${PREFIX}${randomBytes(8).toString('hex')}`;
  const release = () => rm(join(folder, own), { force: true });
  const expiresAt = new Date(nowMs + holdMs).toISOString();
  await writeWhole(join(folder, own), `${JSON.stringify({ expiresAt })}\n`);
  try {
    if ((await othersIn(folder, own, nowMs)) > 0) {
      await release();
      return undefined;
    }
    return { release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** How many others have claimed the folder; what has expired is cleared away. */
async function othersIn(folder: string, own: string | undefined, nowMs: number): Promise<number> {
  let alive = 0;
  for (const name of await readdir(folder)) {
    if (!CLAIM.test(name) || name === own) {
      continue;
    }
    const text = await readFile(join(folder, name), 'utf8').catch(undefinedWhenMissing);
    if (text === undefined) {
      continue;
    }
    if (expiryOf(text) > nowMs) {
      alive += 1;
    } else {
      await rm(join(folder, name), { force: true });
    }
  }
  return alive;
}

/** A claim is written in one step, so one that makes no sense is nobody's. */
function expiryOf(text: string): number {
  try {
    return Date.parse(claim.parse(JSON.parse(text)).expiresAt);
  } catch {
    return 0;
  }
}
