import type { JournalEntry } from './entry.js';

/** What an entry has completed. */
export interface Measured {
  /** From the end of the caller's words, or from their sending, to the agent's first sound. */
  readonly answerMs?: number;
  /** From the caller's arrival to the agent's first sound. */
  readonly firstWordMs?: number;
  readonly tool?: {
    readonly name: string;
    /** Number of the entry with which it began. */
    readonly startSeq: number;
    readonly ms: number;
    readonly isError: boolean;
  };
}

/** One call as far as its times are measured: by metrics, traces, and whoever reads its journal. */
export class CallProgress {
  readonly #toolsBegun = new Map<string, { readonly seq: number; readonly atMs: number }[]>();
  #callerSpeaks = false;
  #silentSinceMs: number | undefined;
  #arrivedAtMs: number | undefined;
  #isOver = false;

  /** Whether it has its outcome. */
  get isOver(): boolean {
    return this.#isOver;
  }

  add(entry: JournalEntry): Measured {
    const atMs = Date.parse(entry.at);
    if (entry.type === 'agent-state' && entry.state === 'speaking') {
      return this.#agentSpeaks(atMs);
    }
    if (entry.type === 'tool') {
      return this.#toolEnded(entry.name, entry.isError, atMs);
    }
    this.#note(entry, atMs);
    return {};
  }

  #note(entry: JournalEntry, atMs: number): void {
    if (entry.type === 'state' && entry.state === 'greeting') {
      this.#arrivedAtMs ??= atMs;
    } else if (entry.type === 'user-state') {
      const isEnd = this.#callerSpeaks && entry.state !== 'speaking';
      this.#callerSpeaks = entry.state === 'speaking';
      // A caller who waits for long counts as away, and waits on.
      this.#silentSinceMs = this.#callerSpeaks ? undefined : isEnd ? atMs : this.#silentSinceMs;
    } else if (entry.type === 'caller-typed') {
      this.#silentSinceMs = atMs;
    } else if (entry.type === 'caller-nudged') {
      // What is said now is no answer.
      this.#silentSinceMs = undefined;
    } else if (entry.type === 'tool-started') {
      const begun = this.#toolsBegun.get(entry.name) ?? [];
      this.#toolsBegun.set(entry.name, [...begun, { seq: entry.seq, atMs }]);
    } else if (entry.type === 'outcome') {
      this.#isOver = true;
    }
  }

  #agentSpeaks(atMs: number): Measured {
    const since = this.#silentSinceMs;
    const arrived = this.#arrivedAtMs;
    this.#silentSinceMs = undefined;
    // Measured once: what has been measured is no number any more.
    this.#arrivedAtMs = Number.NaN;
    return {
      ...(since === undefined ? {} : { answerMs: atMs - since }),
      ...(arrived === undefined || Number.isNaN(arrived) ? {} : { firstWordMs: atMs - arrived }),
    };
  }

  #toolEnded(name: string, isError: boolean, atMs: number): Measured {
    const [start, ...others] = this.#toolsBegun.get(name) ?? [];
    this.#toolsBegun.set(name, others);
    return start === undefined
      ? {}
      : { tool: { name, startSeq: start.seq, ms: atMs - start.atMs, isError } };
  }
}
