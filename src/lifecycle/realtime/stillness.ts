import { voice } from '@livekit/agents';

/** The session's events that are followed. */
export interface SpeechEvents {
  on(
    event: voice.AgentSessionEventTypes.UserStateChanged,
    listener: (event: Pick<voice.UserStateChangedEvent, 'newState'>) => void,
  ): unknown;
  on(
    event: voice.AgentSessionEventTypes.SpeechCreated,
    listener: (event: {
      readonly speechHandle: Pick<voice.SpeechHandle, 'addDoneCallback'>;
    }) => void,
  ): unknown;
}

/**
 * A turn that nobody has answered may still be on its way: the end of a turn is found out after up to six seconds, and
 * until then its audio is only in the service's ears.
 */
const UNANSWERED_MS = 8_000;

/**
 * How long a conversation has been still: the caller silent and answered, the agent silent, no reply wanted and no tool
 * running. (A speech is done only when its tools are, and the reply they asked for was made before.)
 */
export class Stillness {
  #sinceMs = Date.now();
  #speeches = 0;
  #callerSpeaks = false;
  #unanswered = false;

  /** Follows a session; its listeners live as long as the session. */
  follow(session: SpeechEvents): void {
    session.on(voice.AgentSessionEventTypes.UserStateChanged, ({ newState }) => {
      this.#callerSpeaks = newState === 'speaking';
      this.#unanswered ||= this.#callerSpeaks;
      this.#sinceMs = Date.now();
    });
    session.on(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle }) => {
      this.#speeches += 1;
      this.#unanswered = false;
      speechHandle.addDoneCallback(() => {
        this.#speeches -= 1;
        this.#sinceMs = Date.now();
      });
    });
  }

  /** Milliseconds; 0 while something is going on. */
  get forMs(): number {
    if (this.#callerSpeaks || this.#speeches > 0) {
      return 0;
    }
    const silentMs = Date.now() - this.#sinceMs;
    return this.#unanswered ? Math.max(0, silentMs - UNANSWERED_MS) : silentMs;
  }
}
