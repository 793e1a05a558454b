import type { CallEvent } from './call-event.js';
import type { CallEndReason } from './end-reason.js';

/** A caller who is gone, and what the call ends with if they stay away. */
export interface Gone {
  readonly reason: CallEndReason;
  readonly why: string;
}

/**
 * After LiveKit itself was away, the caller's client comes back on its own, and later than ours: up to six seconds of silence
 * were measured for an outage of 4.5 s (self-hosting facts, 2), and clients try again at growing distances.
 */
const RETURNING_MS = 15_000;

export interface RejoinGraceOptions {
  readonly graceMs: number;
  /** The call has its end already: nobody is waited for. */
  readonly isEnding: () => boolean;
  readonly end: (reason: CallEndReason, detail: string) => void;
  readonly tell: (event: CallEvent) => void;
}

/**
 * Waits for a caller who is gone: a dropped connection, a page that is loaded anew and a hang-up look the same from here.
 * The wait has one deadline, which coming and going again does not move further than the grace from the last leaving.
 */
export class RejoinGrace {
  readonly #options: RejoinGraceOptions;
  #awaySinceMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RejoinGraceOptions) {
    this.#options = options;
  }

  get isAway(): boolean {
    return this.#awaySinceMs !== undefined;
  }

  /** The caller is gone. Whether they are waited for; otherwise the call ends now. */
  away({ reason, why }: Gone): boolean {
    const { isEnding, end, tell } = this.#options;
    const graceMs = Math.max(this.#options.graceMs, reason === 'livekit-lost' ? RETURNING_MS : 0);
    clearTimeout(this.#timer);
    if (graceMs === 0 || isEnding()) {
      end(reason, why);
      return false;
    }
    this.#awaySinceMs ??= Date.now();
    this.#timer = setTimeout(() => end(reason, why), graceMs);
    tell({ type: 'caller-away', why, graceMs });
    return true;
  }

  /** The caller is there again. Does nothing when they were not away. */
  back(): void {
    clearTimeout(this.#timer);
    if (this.#awaySinceMs !== undefined) {
      this.#options.tell({ type: 'caller-back', awayMs: Date.now() - this.#awaySinceMs });
      this.#awaySinceMs = undefined;
    }
  }

  /** Waits no longer. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
