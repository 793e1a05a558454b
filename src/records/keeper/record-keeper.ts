import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CALL_FILES, callFolder, listCalls } from '../call-folder.js';
import { isTemporary, isThere } from '../files.js';
import { Claim } from './claim.js';
import { ClaimLost, finishCall, type FinishOptions } from './finish-call.js';
import { thisProcess, type LeaseHolder } from './lease.js';
import { isUnfinished } from './unfinished.js';

/** How often the folder is looked through for calls that nobody finished. */
const SWEEP_MS = 30_000;
/** How long finishing one call may take in all; a claim lasts longer. */
const FINISH_MS = 5 * 60_000;

export interface KeeperOptions extends FinishOptions {
  /** Told of each call that this keeper has finished, once. */
  onFinished?(callId: string): void;
  readonly sweepMs?: number;
}

/**
 * Finishes the records of calls: of those that ended, those whose process was killed, and those that an earlier worker
 * left behind, all in the same way. Several keepers may work on the same folder. One call at a time: the worker's main
 * process has better things to do. Nothing that goes wrong here reaches the worker.
 */
export class RecordKeeper {
  readonly #options: KeeperOptions;
  readonly #stopped = new AbortController();
  readonly #finished = new Set<string>();
  #last: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Begins to look after the folder, with what lies there already. */
  start(): void {
    const { sweepMs = SWEEP_MS } = this.#options;
    void this.sweep();
    this.#timer = setInterval(() => void this.sweep(), sweepMs);
    this.#timer.unref();
  }

  /** Finishes a call whose process, on this machine, has just ended, however it did. Settles when that is done, or given up. */
  callEnded(callId: string, pid: number | undefined): Promise<void> {
    const dead = pid === undefined ? undefined : { ...thisProcess(), pid };
    return this.#inTurn(() => this.#finish(callId, dead));
  }

  /** Finishes every call that needs it and that nobody holds. */
  sweep(): Promise<void> {
    return this.#inTurn(async () => {
      const calls = await listCalls(this.#options.dataDir);
      this.#forgetAllBut(new Set(calls));
      for (const callId of calls) {
        await this.#finish(callId);
      }
    });
  }

  /** What is under way is broken off, and left to the next worker. Settles when nothing is written any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopped.abort();
    await this.#last;
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  async #finish(callId: string, dead?: LeaseHolder): Promise<void> {
    if (this.#isStopped() || this.#finished.has(callId)) {
      return;
    }
    try {
      await this.#finishUnlessDone(callId, dead);
    } catch (error) {
      // Whoever was faster, or told us to stop, is no problem; and the next sweep tries again.
      if (!(error instanceof ClaimLost) && !this.#isStopped()) {
        this.#options.onProblem(callId, 'the records of a call could not be finished', error);
      }
    }
  }

  async #finishUnlessDone(callId: string, dead: LeaseHolder | undefined): Promise<void> {
    const folder = callFolder(this.#options.dataDir, callId);
    const { now = Date.now } = this.#options;
    if (!(await isUnfinished(folder, now, dead))) {
      await this.#isDone(callId, folder);
      return;
    }
    const claim = await Claim.take(folder, now);
    if (claim === undefined) {
      return;
    }
    try {
      // Somebody may have finished it between our look and our claim.
      if (await this.#isDone(callId, folder)) {
        return;
      }
      const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(FINISH_MS)]);
      if (await finishCall(callId, this.#options, () => claim.isMine(), signal)) {
        await tidy(folder);
        this.#finished.add(callId);
        this.#options.onFinished?.(callId);
      }
    } finally {
      await claim.release();
    }
  }

  async #isDone(callId: string, folder: string): Promise<boolean> {
    const done = await isThere(join(folder, CALL_FILES.call));
    if (done) {
      this.#finished.add(callId);
    }
    return done;
  }

  /** Folders are deleted, too; nothing is to be remembered of them. */
  #forgetAllBut(calls: ReadonlySet<string>): void {
    for (const callId of this.#finished) {
      if (!calls.has(callId)) {
        this.#finished.delete(callId);
      }
    }
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(step).catch((error: unknown) => {
      this.#options.onProblem('', 'the records cannot be looked through', error);
    });
    return this.#last;
  }
}

/** Takes away what a writer left that was killed in mid-write, and the lease of the dead. */
async function tidy(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => isTemporary(name) || name === CALL_FILES.lease);
  await Promise.all(left.map((name) => unlink(join(folder, name)).catch(() => undefined)));
}
