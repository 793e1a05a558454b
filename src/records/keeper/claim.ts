import { open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { FILE_MODE, hasCode, statIfThere } from '../files.js';

/** Far longer than finishing one call may take: see `FINISH_MS` in record-keeper.ts. */
export const CLAIM_MS = 15 * 60_000;

const CLAIM = /^claim-(\d{1,6})$/;

/**
 * The right to finish one call, which one process has at a time. A claim is an empty file that was created, not
 * replaced; it counts for `CLAIM_MS` from then. Whoever finds an old one does not touch it but creates the next by number, so
 * two that come at once cannot both succeed, and nobody takes away what another has just got.
 */
export class Claim {
  readonly #folder: string;
  readonly #number: number;
  readonly #takenAtMs: number;
  readonly #now: () => number;
  #isReleased = false;

  private constructor(folder: string, number: number, now: () => number) {
    this.#folder = folder;
    this.#number = number;
    this.#now = now;
    this.#takenAtMs = now();
  }

  /** Answers nothing when somebody else has it. @param now milliseconds since the epoch */
  static async take(folder: string, now: () => number = Date.now): Promise<Claim | undefined> {
    const newest = Math.max(0, ...(await claims(folder)));
    if (newest > 0 && (await isFresh(fileOf(folder, newest), now))) {
      return undefined;
    }
    try {
      const file = await open(fileOf(folder, newest + 1), 'wx', FILE_MODE);
      await file.close();
      return new Claim(folder, newest + 1, now);
    } catch (error) {
      if (hasCode(error, 'EEXIST')) {
        return undefined;
      }
      throw error;
    }
  }

  /** Whether it still counts. To be asked before each write: this process may have stood still for an hour. */
  async isMine(): Promise<boolean> {
    const newest = Math.max(0, ...(await claims(this.#folder)));
    const isInTime = this.#now() - this.#takenAtMs < CLAIM_MS;
    return !this.#isReleased && newest === this.#number && isInTime;
  }

  /** Lets others have it, when the work failed, or is done. Never throws. */
  async release(): Promise<void> {
    this.#isReleased = true;
    const numbers = await claims(this.#folder).catch(() => []);
    // Oldest first: while it lasts, nobody finds a lower number than this one.
    for (const number of numbers.filter((one) => one <= this.#number).sort((a, b) => a - b)) {
      await unlink(fileOf(this.#folder, number)).catch(() => undefined);
    }
  }
}

/** Whether a name in a call's folder is one of a claim. */
export function isClaim(name: string): boolean {
  return CLAIM.test(name);
}

async function claims(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => {
    const number = CLAIM.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

/** By the file's own time: an empty file cannot be half written, even on a full disk. */
async function isFresh(file: string, now: () => number): Promise<boolean> {
  const found = await statIfThere(file);
  return found !== undefined && now() - found.mtimeMs < CLAIM_MS;
}

function fileOf(folder: string, number: number): string {
  return join(folder, `claim-${number}`);
}
