import type { CallStateName } from './call-state.js';

/** After so much silence a caller asks whether anybody is still there. */
export const TOO_LONG_MS = 4_000;

/** States in which the caller waits for the agent's words, whatever else is known. */
const AGENT_IS_DUE: ReadonlySet<CallStateName> = new Set(['greeting', 'recovering']);
/** States in which there is a conversation. */
const CONVERSING: ReadonlySet<CallStateName> = new Set(['greeting', 'talking', 'recovering']);

export interface SilenceWatchOptions {
  /** The caller waits, and has heard nothing for `TOO_LONG_MS`. Once, until they hear the agent again. */
  readonly tooLong: () => void;
  /** The caller hears the agent again, or waits no longer, after `tooLong`. */
  readonly over: () => void;
}

/**
 * Whether a caller waits in vain. They wait while the model's connection is being opened again, while the greeting has
 * not come, and while a reply is outstanding: asked for, and neither finished nor taken over by the caller's own words.
 * A tool that takes its time is no reply: what to say meanwhile is the application's business.
 */
export class SilenceWatch {
  readonly #options: SilenceWatchOptions;
  #state: CallStateName = 'starting';
  #replyOutstanding = false;
  #callerIsHere = true;
  #callerSpeaks = false;
  #waitsSinceMs: number | undefined;
  /** When somebody was heard last. */
  #heardMs = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #told = false;

  constructor(options: SilenceWatchOptions) {
    this.#options = options;
  }

  /** Whether the caller waits for the agent. */
  get waits(): boolean {
    const isDue = AGENT_IS_DUE.has(this.#state) || this.#replyOutstanding;
    return this.#callerIsHere && CONVERSING.has(this.#state) && isDue;
  }

  /** Whether a reply was asked for, and is neither finished nor taken over by the caller's own words. */
  get replyOutstanding(): boolean {
    return this.#replyOutstanding;
  }

  state(name: CallStateName): void {
    this.#state = name;
    this.#look();
  }

  /** A reply was asked for, or failed and will be asked for again (`true`); or it is done (`false`). */
  reply(outstanding: boolean): void {
    this.#replyOutstanding = outstanding;
    this.#look();
  }

  /** Whoever is not here waits for nothing. */
  callerIsHere(is: boolean): void {
    this.#callerIsHere = is;
    this.#look();
  }

  /** A piece of the agent's own voice goes out. Called often. */
  agentHeard(): void {
    this.#heardMs = Date.now();
    this.#end();
  }

  callerSpeaks(speaks: boolean): void {
    this.#callerSpeaks = speaks;
    this.#heardMs = Date.now();
  }

  stop(): void {
    this.state('closed');
  }

  #look(): void {
    if (!this.waits) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#waitsSinceMs = undefined;
      this.#end();
    } else if (this.#waitsSinceMs === undefined) {
      this.#waitsSinceMs = Date.now();
      this.#timer = setTimeout(this.#decide, TOO_LONG_MS);
    }
  }

  readonly #decide = (): void => {
    // Without a connection nobody hears the caller stop; what they say is lost, and they should know.
    const callerIsHeard = this.#callerSpeaks && this.#state !== 'recovering';
    const sinceMs = Math.max(this.#waitsSinceMs ?? 0, callerIsHeard ? Date.now() : this.#heardMs);
    const leftMs = sinceMs + TOO_LONG_MS - Date.now();
    if (leftMs <= 0 && !this.#told) {
      this.#told = true;
      this.#options.tooLong();
    }
    // Goes on looking: the agent may be heard again, and fall silent again, while it still owes a reply.
    this.#timer = setTimeout(this.#decide, leftMs > 0 ? leftMs : TOO_LONG_MS);
  };

  #end(): void {
    if (this.#told) {
      this.#told = false;
      this.#options.over();
    }
  }
}
