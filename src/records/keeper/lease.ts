import { randomUUID } from 'node:crypto';
import { mkdir, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { CALL_FILES } from '../call-folder.js';
import { FOLDER_MODE, readIfThere, writeWhole } from '../files.js';

/**
 * Longer than a living process can be late: the framework kills one whose event loop stands still for 60 s. The clocks of
 * machines that share a folder may differ by what is left of it.
 */
export const LEASE_MS = 90_000;
const RENEW_MS = 15_000;

/** `lease.json`: somebody is still writing the journal beside it. */
const leaseFile = z.object({
  owner: z.string(),
  host: z.string(),
  pid: z.int().positive(),
  /** ISO 8601. After it the owner counts as dead. */
  expiresAt: z.iso.datetime(),
});

/** A process, as far as a lease knows it. */
export interface LeaseHolder {
  readonly host: string;
  readonly pid: number;
}

/** This process. */
export const thisProcess = (): LeaseHolder => ({ host: hostname(), pid: process.pid });

/**
 * Says of a call's folder that its process lives, and goes on saying so until it is released, or the process is gone. A
 * lease never fails a call: one that cannot be written is tried again at the next renewal.
 */
export class Lease {
  readonly #file: string;
  readonly #owner = randomUUID();
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #last: Promise<void> = Promise.resolve();

  private constructor(folder: string, now: () => number) {
    this.#file = join(folder, CALL_FILES.lease);
    this.#now = now;
  }

  /** @param now milliseconds since the epoch */
  static async take(folder: string, now: () => number = Date.now): Promise<Lease> {
    const lease = new Lease(folder, now);
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE }).catch(() => undefined);
    await lease.#renew();
    lease.#timer = setInterval(() => void lease.#renew(), RENEW_MS);
    lease.#timer.unref();
    return lease;
  }

  /** Gives the folder free, unless somebody else has taken it meanwhile. Never throws. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    this.#last = this.#last.then(async () => {
      const text = await readIfThere(this.#file).catch(() => undefined);
      if (text !== undefined && parseLease(text)?.owner === this.#owner) {
        await unlink(this.#file).catch(() => undefined);
      }
    });
    await this.#last;
  }

  #renew(): Promise<void> {
    const content: z.input<typeof leaseFile> = {
      owner: this.#owner,
      ...thisProcess(),
      expiresAt: new Date(this.#now() + LEASE_MS).toISOString(),
    };
    this.#last = this.#last
      .then(() => writeWhole(this.#file, JSON.stringify(content)))
      .catch(() => undefined);
    return this.#last;
  }
}

/**
 * Whether somebody still writes into a call's folder. A lease that makes no sense is none: it is written as a whole.
 *
 * @param dead a process that is known to be gone, whatever its lease says
 */
export async function isHeld(
  folder: string,
  { now = Date.now, dead }: { readonly now?: () => number; readonly dead?: LeaseHolder } = {},
): Promise<boolean> {
  const text = await readIfThere(join(folder, CALL_FILES.lease));
  const lease = text === undefined ? undefined : parseLease(text);
  if (lease === undefined || (lease.pid === dead?.pid && lease.host === dead.host)) {
    return false;
  }
  return Date.parse(lease.expiresAt) > now();
}

function parseLease(text: string): z.output<typeof leaseFile> | undefined {
  try {
    return leaseFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
