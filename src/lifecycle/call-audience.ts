import type { CallEvent } from './call-event.js';
import type { CallLifecycleOptions, CallParts } from './call-parts.js';
import type { CallState } from './call-state.js';
import type { CallObserver } from './definition.js';
import { describeError, type CallError } from './errors.js';
import { guarded } from './guarded.js';
import type { CallOutcome } from './outcome.js';
import { flushObservers } from './shutdown.js';
import { troubleOf, type TroubleEvent } from './trouble.js';

/** Names of the attributes that the agent's participant carries, for the page and any other client. */
export const CALL_ATTRIBUTES = {
  id: 'call.id',
  state: 'call.state',
  outcome: 'call.outcome',
  /** A `TroubleWord`; LiveKit takes an empty one for no attribute. */
  trouble: 'call.trouble',
} as const;

/**
 * Everybody who is told about a call: its observers, the room, the application. None of them can break the call: what
 * they throw is logged and goes no further.
 */
export class CallAudience {
  readonly #options: CallLifecycleOptions;
  #parts: CallParts | undefined;
  #published: Promise<void> = Promise.resolve();
  #state: CallState | undefined;
  #isSilent = false;

  constructor(options: CallLifecycleOptions) {
    this.#options = options;
  }

  /** Takes the observers in, before the first word. */
  gather(parts: CallParts, state: CallState): void {
    this.#parts = parts;
    this.#each('attach', (observer) => observer.attach());
    this.tellState(state);
  }

  tellState(state: CallState): void {
    this.#state = state;
    this.#each('onState', (observer) => observer.onState?.(state));
    this.#publish({
      [CALL_ATTRIBUTES.id]: this.#options.callId,
      [CALL_ATTRIBUTES.state]: state.name,
      [CALL_ATTRIBUTES.trouble]: troubleOf(state, this.#isSilent),
      ...('outcome' in state ? { [CALL_ATTRIBUTES.outcome]: state.outcome.reason } : {}),
    });
  }

  /** The caller waits for words that do not come, or does not any more. */
  tellSilence(isSilent: boolean): void {
    this.#isSilent = isSilent;
    if (this.#state) {
      this.#publish({ [CALL_ATTRIBUTES.trouble]: troubleOf(this.#state, isSilent) });
    }
  }

  tellTrouble(event: TroubleEvent): void {
    this.#each('onTrouble', (observer) => observer.onTrouble?.(event));
  }

  tellEvent(event: CallEvent): void {
    this.#each('onEvent', (observer) => observer.onEvent?.(event));
  }

  tellError(error: CallError, recoverable: boolean): void {
    this.#each('onError', (observer) => observer.onError?.(error, recoverable));
    this.#guard('onError of the definition', () => this.#options.onError(error));
  }

  /** Resolves when the room has been told everything so far. Never rejects. */
  told(): Promise<void> {
    return this.#published;
  }

  /** Flushes the observers, in order. Never rejects. */
  async flush(outcome: CallOutcome): Promise<void> {
    const { limits, log } = this.#options;
    await flushObservers(this.#parts?.observers ?? [], outcome, limits.flushMs, log);
  }

  /** One after another: an older state must not arrive after a newer one. */
  #publish(attributes: Readonly<Record<string, string>>): void {
    this.#published = this.#published
      .then(() => this.#parts?.publish(attributes))
      .catch((error: unknown) =>
        this.#options.log.warn(describeError(error), 'the room was not told of the new state'),
      );
  }

  #each(what: string, tell: (observer: CallObserver) => unknown): void {
    for (const observer of this.#parts?.observers ?? []) {
      this.#guard(`${what} of the observer '${observer.name}'`, () => tell(observer));
    }
  }

  #guard(what: string, tell: () => unknown): void {
    guarded(tell, (error) =>
      this.#options.log.error({ what, ...describeError(error) }, 'an observer threw'),
    );
  }
}
