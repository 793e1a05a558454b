/** The caller was asked to wait: they do, until they are told that it is over. */
const BACK =
  'Your connection was interrupted, and the other person was asked to wait a moment. Say in a few words, in the language ' +
  'of this conversation, that you are back; then repeat your last question, or ask them to repeat what they said meanwhile.';

/** The caller's latest words went with the connection: before they were finished, or before they were written down. */
export const UNHEARD =
  'Your connection was interrupted while the other person was speaking. Say in a few words, in the language of this ' +
  'conversation, that you did not hear their last words, and ask them to repeat them.';

/** Whoever is still speaking is heard by the new connection before this. */
const STILL_SPEAKING_MS = 3_000;

export interface ComeBackOptions {
  /** Lets the model speak by these instructions. */
  readonly say: (instructions: string) => void;
}

/** What the agent says of an outage that is over, when silence would leave the caller waiting for ever. */
export class ComeBack {
  readonly #options: ComeBackOptions;
  #callerWasCut = false;
  #callerWaits = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ComeBackOptions) {
    this.#options = options;
  }

  /** The connection is lost. @param callerSpeaks whether somebody was in the middle of a sentence */
  lost(callerSpeaks: boolean): void {
    this.#callerWasCut ||= callerSpeaks;
  }

  /** The caller was asked to wait. */
  askedToWait(): void {
    this.#callerWaits = true;
  }

  /** There is a connection again. @param replyComes whether the agent is about to speak anyway */
  recovered(replyComes: boolean): void {
    if (!replyComes && this.#callerWaits) {
      this.#say(BACK);
    } else if (!replyComes && this.#callerWasCut) {
      this.#timer = setTimeout(() => this.#say(UNHEARD), STILL_SPEAKING_MS);
    }
  }

  /** Either side is heard, or the call ends: nothing needs to be said any more. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#callerWasCut = false;
    this.#callerWaits = false;
  }

  #say(instructions: string): void {
    this.forget();
    this.#options.say(instructions);
  }
}
