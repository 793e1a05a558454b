import { asCallError, describeError, type CallError } from './errors.js';
import { guarded } from './guarded.js';
import type { CallLog } from './log.js';
import {
  eventLoopStalled,
  memoryOutgrown,
  uncaughtException,
  unhandledRejection,
} from './process-errors.js';
import { exitNow, listenToProcess } from './process-guard.js';
import { watchPulse } from './pulse.js';

/** What the guard needs of the call that the process carries. */
export interface GuardedCall {
  readonly callId: string;
  /** How long the call may take to close, all its deadlines together, in milliseconds. */
  readonly closingMs: number;
  /** Reports an error; one that is not recoverable ends the call. */
  report(error: CallError, recoverable: boolean): void;
  /** The worker is gone: ends the call while there is still time. */
  orphaned(): void;
}

export interface JobGuardOptions {
  /** In megabytes of resident memory. */
  readonly memoryLimitMb: number;
  /** The process's log as it is at that moment: the framework replaces it when a job begins. */
  readonly log: () => CallLog;
  /** Told when the process fails before it could carry a call; may throw. */
  readonly idleFailed?: (error: CallError) => void;
  readonly exit?: (code: number) => void;
}

/** Why a process ends itself. The worker tells of every code but 0. */
const EXIT = { orphaned: 0, idleFailed: 1, closingHung: 70 } as const;

/** Each kind of trouble is told this often in one process: a loop that throws must not fill a disk. */
const TOLD_OF_A_KIND = 20;

/** The worker replaces an idle process that ends at once, and would do so again and again. */
const IDLE_FAILED_MS = 1_000;

/**
 * Guards a job process against what would end it without a trace, from before its prewarm to its end: exceptions,
 * rejections, the worker's death, memory that grows, an event loop that stands still. One process carries one call.
 */
export class JobGuard {
  readonly #options: JobGuardOptions;
  readonly #told = new Map<string, number>();
  readonly #removals: (() => void)[];
  #call: GuardedCall | undefined;
  #lastResort: NodeJS.Timeout | undefined;

  constructor(options: JobGuardOptions) {
    this.#options = options;
    this.#removals = [
      listenToProcess({
        exception: (error) => this.#safely(() => this.#onException(error)),
        rejection: (reason) =>
          this.#safely(() => this.#tell(unhandledRejection(reason), true, reason)),
        orphaned: () => this.#safely(() => this.#onOrphaned()),
      }),
      watchPulse(options.memoryLimitMb, {
        stalled: (stalledMs) => this.#tell(eventLoopStalled(stalledMs), true),
        outgrown: (usedMb) => this.#tell(memoryOutgrown(usedMb, options.memoryLimitMb), false),
      }),
    ];
  }

  /** From now on trouble is this call's. */
  carry(call: GuardedCall): void {
    this.#call = call;
  }

  /** The process failed before it could carry a call. It ends, so that the worker starts another. */
  failIdle(error: unknown, what: string): void {
    const { log, idleFailed } = this.#options;
    log().error({ ...describeError(error), stack: stackOf(error) }, what);
    this.#endAfter(IDLE_FAILED_MS, EXIT.idleFailed);
    guarded(
      () => idleFailed?.(asCallError(error)),
      (thrown) => log().error(describeError(thrown), 'onError of the definition threw'),
    );
  }

  /** Removes every listener and timer. */
  release(): void {
    clearTimeout(this.#lastResort);
    this.#removals.splice(0).forEach((remove) => remove());
  }

  #onException(error: unknown): void {
    if (!this.#call) {
      this.failIdle(error, 'uncaught exception in a job process that waits for a call');
      return;
    }
    this.#tell(uncaughtException(error), false, error);
    // The call closes in the very process that has failed; should that hang, nothing else would end it.
    this.#endAfter(this.#call.closingMs, EXIT.closingHung);
  }

  #onOrphaned(): void {
    if (this.#call) {
      this.#call.orphaned();
    } else {
      this.#end(EXIT.orphaned);
    }
  }

  /** Logs where it came from, with the call's id, and reports it to the call, which says the rest. */
  #tell(error: CallError, recoverable: boolean, thrown?: unknown): void {
    const times = (this.#told.get(error.code) ?? 0) + 1;
    this.#told.set(error.code, times);
    if (times > TOLD_OF_A_KIND) {
      return;
    }
    const fields = { callId: this.#call?.callId, code: error.code, stack: stackOf(thrown) };
    const further = times === TOLD_OF_A_KIND ? '; further ones are not told' : '';
    this.#options.log().error(fields, `${error.message}${further}`);
    this.#call?.report(error, recoverable);
  }

  #endAfter(ms: number, code: number): void {
    this.#lastResort ??= setTimeout(() => this.#end(code), ms);
  }

  #end(code: number): void {
    (this.#options.exit ?? exitNow)(code);
  }

  /** What a listener of the process throws would end the process on the spot. */
  #safely(act: () => void): void {
    try {
      act();
    } catch {
      this.#endAfter(IDLE_FAILED_MS, EXIT.closingHung);
    }
  }
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}
