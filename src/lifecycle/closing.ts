import { setTimeout } from 'node:timers/promises';
import type { CallLimits } from './definition.js';
import { DEADLINES } from './limits.js';
import type { CallLog } from './log.js';
import { exitNow } from './process-guard.js';

/** How much time each step of closing has, in milliseconds. */
export interface ClosingTime {
  /** For the framework to close session and room before the records are finished without it. */
  readonly framework: number;
  /** For all observers together. */
  readonly flush: number;
  /** For the process to end once everything is flushed. */
  readonly exit: number;
}

/** The framework needs well under a second, but would wait 60 s for a session that hangs (realtime-faults facts, 5). */
const FRAMEWORK_MS = 8_000;
const EXIT_MS = 5_000;

/** The framework ends a process 12.5 to 15 s after its worker has died, whatever it is doing. */
const ORPHANED: ClosingTime = { framework: 4_000, flush: 5_000, exit: 1_000 };

/** The exit code of a process whose call is over, and which did not end by itself. */
const HUNG = 70;

/** How long a call with so many observers may take from its end to the end of its process, in milliseconds. */
export function closingMs(observers: number, limits: CallLimits): number {
  return new Closing(observers, limits).totalMs;
}

/** How a call closes. It has less time once its worker is gone. */
export class Closing {
  readonly #observers: number;
  readonly #limits: CallLimits;
  #isOrphaned = false;

  constructor(observers: number, limits: CallLimits) {
    this.#observers = observers;
    this.#limits = limits;
  }

  get time(): ClosingTime {
    const ordinary = {
      framework: FRAMEWORK_MS,
      flush: this.#observers * this.#limits.flushMs,
      exit: EXIT_MS,
    };
    return this.#isOrphaned
      ? { ...ORPHANED, flush: Math.min(ORPHANED.flush, ordinary.flush) }
      : ordinary;
  }

  /** From a call's end to the end of its process, every deadline together, in milliseconds. */
  get totalMs(): number {
    const { framework, flush, exit } = this.time;
    return DEADLINES.finishingPreparing.ms + DEADLINES.telling.ms + framework + flush + exit;
  }

  /** The call's limits, as they are now. */
  get limits(): CallLimits {
    return { ...this.#limits, flushMs: this.time.flush / this.#observers };
  }

  /** From now on there is little time. */
  orphaned(): void {
    this.#isOrphaned = true;
  }

  /**
   * Sees to it that a call that has its outcome is flushed, the room left and the process ended, also when the
   * framework's sequence hangs. As a rule the framework ends the process long before.
   */
  async finish(
    call: { flush(): Promise<unknown>; leave(): Promise<void> },
    log: CallLog,
    exit: (code: number) => void = exitNow,
  ): Promise<void> {
    await setTimeout(this.time.framework);
    log.warn({}, 'the call is slow to close; its records are finished now, and the room is left');
    await call.flush();
    call.leave().catch(() => undefined);
    await setTimeout(this.time.exit);
    log.error({}, 'the process of a call that is over does not end; it is ended by force');
    exit(HUNG);
  }
}
