import type { CountedEntry } from './message.js';

/** What an entry has completed. */
export interface Measured {
  /** From the end of the caller's words to the agent's first sound. */
  readonly answerMs?: number;
  /** From the caller's arrival to the agent's first sound. */
  readonly firstWordMs?: number;
  readonly tool?: { readonly name: string; readonly ms: number; readonly isError: boolean };
}

/** One call as far as its times are measured. */
export class CallProgress {
  readonly #toolsSinceMs = new Map<string, number[]>();
  #callerSpeaks = false;
  #silentSinceMs: number | undefined;
  #arrivedAtMs: number | undefined;
  #isOver = false;

  /** Whether it has its outcome. */
  get isOver(): boolean {
    return this.#isOver;
  }

  add(entry: CountedEntry): Measured {
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

  #note(entry: CountedEntry, atMs: number): void {
    if (entry.type === 'state' && entry.state === 'greeting') {
      this.#arrivedAtMs ??= atMs;
    } else if (entry.type === 'user-state') {
      this.#silentSinceMs = this.#callerSpeaks && entry.state !== 'speaking' ? atMs : undefined;
      this.#callerSpeaks = entry.state === 'speaking';
    } else if (entry.type === 'caller-typed') {
      this.#silentSinceMs = atMs;
    } else if (entry.type === 'tool-started') {
      this.#toolsSinceMs.set(entry.name, [...(this.#toolsSinceMs.get(entry.name) ?? []), atMs]);
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
    const [since, ...others] = this.#toolsSinceMs.get(name) ?? [];
    this.#toolsSinceMs.set(name, others);
    return since === undefined ? {} : { tool: { name, ms: atMs - since, isError } };
  }
}
