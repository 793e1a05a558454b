export interface RenewalOptions {
  /** From this age on, a connection is renewed in the first quiet moment. */
  readonly fromMs: number;
  /** At this age it is renewed, whoever is speaking. */
  readonly byMs: number;
  /** How long it must have been quiet. A pause between two sentences is shorter. */
  readonly quietMs: number;
  /** How often to look. */
  readonly lookMs: number;
}

/** The provider closes a session after 60 minutes; ours must be renewed before (realtime-protocol facts, 5). */
export const PROVIDER_CAP_MS = 60 * 60_000;
/** The provider's hour begins before ours: at its handshake. */
const MARGIN_MS = 30_000;
const LONGEST_LOOK_OUT_MS = 5 * 60_000;

/**
 * Renewal of connections that may live for `maxMs`: in a quiet moment of their last five minutes, or their last
 * quarter if that is shorter. In five minutes of an interview there are dozens.
 */
export function renewalWithin(maxMs: number): RenewalOptions {
  const byMs = Math.min(maxMs, PROVIDER_CAP_MS - MARGIN_MS);
  const fromMs = byMs - Math.min(LONGEST_LOOK_OUT_MS, maxMs / 4);
  return { fromMs, byMs, quietMs: 1_000, lookMs: 200 };
}

/** Chooses the moment in which a connection that works is closed and opened anew. Holds one timer, and no socket. */
export class PlannedRenewal {
  readonly #options: RenewalOptions;
  readonly #quietForMs: () => number;
  readonly #renew: (isQuiet: boolean) => void;
  #openedMs = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param quietForMs how long nothing has been going on; 0 while something is */
  constructor(
    options: RenewalOptions,
    quietForMs: () => number,
    renew: (isQuiet: boolean) => void,
  ) {
    this.#options = options;
    this.#quietForMs = quietForMs;
    this.#renew = renew;
  }

  /** A connection was opened: its age counts from now. */
  opened(): void {
    this.stop();
    this.#openedMs = Date.now();
    this.#timer = setTimeout(() => this.#look(), this.#options.fromMs);
  }

  /** Not to wait until the connection is old. */
  soon(): void {
    this.stop();
    this.#look();
  }

  /** The connection is gone. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const { byMs, quietMs, lookMs } = this.#options;
    const isQuiet = this.#quietForMs() >= quietMs;
    const leftMs = byMs - (Date.now() - this.#openedMs);
    if (isQuiet || leftMs <= 0) {
      this.stop();
      this.#renew(isQuiet);
      return;
    }
    this.#timer = setTimeout(() => this.#look(), Math.min(lookMs, leftMs));
  }
}
