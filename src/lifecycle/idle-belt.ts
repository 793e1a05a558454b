import type { CallLifecycle } from './call-lifecycle.js';
import { CallError } from './errors.js';

/**
 * Ends a call in which nothing is heard any more. It knows nothing of sockets and asks nobody: what every other check has
 * missed ends here.
 */
export class IdleBelt {
  readonly #idleMs: number;
  readonly #idle: () => void;
  #heardMs = 0;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param idleMs how long neither side may be heard
   * @param idle called once, when that was too long
   */
  constructor(idleMs: number, idle: () => void) {
    this.#idleMs = idleMs;
    this.#idle = idle;
  }

  /** Begins to count, once. */
  start(): void {
    if (!this.#timer) {
      this.heard();
      this.#wait(this.#idleMs);
    }
  }

  /** Nobody is there to be heard: does not count until somebody is `heard` again. */
  hold(): void {
    this.#heardMs = Infinity;
  }

  /** Somebody is heard. Called often. */
  heard(): void {
    this.#heardMs = Date.now();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => {
      const leftMs = this.#heardMs + this.#idleMs - Date.now();
      if (leftMs > 0) {
        this.#wait(Math.min(leftMs, this.#idleMs));
      } else {
        this.#idle();
      }
    }, ms);
  }
}

/**
 * What an idle call ends with, in the closed vocabulary of ends: a model that owes the caller words is unavailable, as
 * nothing else explains the silence; otherwise it was the caller's turn, and they said nothing.
 */
export function idleError(idleMs: number, agentOwesWords: boolean): CallError {
  const message = `neither side was heard for ${idleMs} ms`;
  return agentOwesWords
    ? new CallError(`${message}, though a reply was due`, {
        code: 'MODEL_FAILED',
        fault: 'model',
        remedy: 'Look at the lines above: the model was silent, and no other check noticed.',
        category: 'idle',
      })
    : new CallError(message, {
        code: 'DEADLINE_EXCEEDED',
        fault: 'caller',
        remedy:
          'None, if the caller went away without hanging up; otherwise look at their microphone.',
        category: 'idle',
      });
}

/** Ends an idle call. */
export function endIdle(
  lifecycle: Pick<CallLifecycle, 'end' | 'report'>,
  idleMs: number,
  agentOwesWords: boolean,
): void {
  const error = idleError(idleMs, agentOwesWords);
  if (agentOwesWords) {
    lifecycle.report(error, false);
  } else {
    lifecycle.end('caller-silent', error.message, error);
  }
}
