/** How often a silent caller is spoken to. */
export const NUDGES = 2;

const LOOKS_EVERY_MS = 500;

export interface SilenceNudgesOptions {
  /** How long the caller may say nothing when it is their turn. */
  readonly silenceMs: number;
  /** Whether it is the caller's turn, and they could take it. */
  readonly isCallersTurn: () => boolean;
  readonly nudge: (number: number, of: number) => void;
  /** They stayed silent through every nudge. */
  readonly over: () => void;
}

/** Speaks to a caller who says nothing, twice, and gives up the third time. Any word of theirs begins it anew. */
export class SilenceNudges {
  readonly #options: SilenceNudgesOptions;
  #heardMs = 0;
  #nudges = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SilenceNudgesOptions) {
    this.#options = options;
  }

  /** Begins to count, once. */
  start(): void {
    if (!this.#timer) {
      this.agentHeard();
      this.#wait(LOOKS_EVERY_MS);
    }
  }

  /** The agent is heard; called often. The caller has all their time from its last word on. */
  agentHeard(): void {
    this.#heardMs = Date.now();
  }

  /** The caller is heard, or is here again. */
  callerHeard(): void {
    this.#heardMs = Date.now();
    this.#nudges = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => this.#look(), ms);
  }

  #look(): void {
    const { silenceMs, isCallersTurn, nudge, over } = this.#options;
    if (!isCallersTurn()) {
      this.agentHeard();
    }
    const leftMs = this.#heardMs + silenceMs - Date.now();
    if (leftMs > 0) {
      // Time in which it is not their turn does not count: it is looked for more often than it could begin and end.
      this.#wait(Math.min(leftMs, LOOKS_EVERY_MS));
    } else if (this.#nudges < NUDGES) {
      this.#nudges += 1;
      this.agentHeard();
      this.#wait(LOOKS_EVERY_MS);
      nudge(this.#nudges, NUDGES);
    } else {
      over();
    }
  }
}
