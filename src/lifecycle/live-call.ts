import type { voice } from '@livekit/agents';
import type { EventEmitter } from 'node:events';
import type { LiveCall, SessionEvent } from './definition.js';
import { CallError } from './errors.js';
import { guarded } from './guarded.js';
import type { CallEndReason } from './end-reason.js';

/** Whom a running call turns to. */
interface Lifecycle {
  end(reason: CallEndReason, detail?: string): void;
  /** Told of what a listener of the application has thrown. */
  listenerFailed(error: unknown): void;
}

/**
 * A running call as the application sees it. Holds the application's listeners and the speech that is under way, and
 * lets go of both when the call is closed. It is there before its session, so that whoever observes a call also sees
 * the session's making fail.
 */
export class SessionLiveCall<Data> implements LiveCall<Data> {
  readonly callId: string;
  readonly data: Data;
  readonly #lifecycle: Lifecycle;
  readonly #speech = new Set<voice.SpeechHandle>();
  readonly #removals: (() => void)[] = [];
  /** Listeners that came before the session. */
  readonly #waiting: ((session: voice.AgentSession<Data>) => void)[] = [];
  #session: voice.AgentSession<Data> | undefined;
  /** The instructions of the latest `reply`, until the caller speaks. */
  #asked: string | undefined;

  constructor(callId: string, data: Data, lifecycle: Lifecycle) {
    this.callId = callId;
    this.data = data;
    this.#lifecycle = lifecycle;
    this.on('speech_created', ({ speechHandle }) => this.#follow(speechHandle));
    this.on('user_state_changed', ({ newState }) => {
      // What they say now is answered next, and no longer what was asked for before.
      this.#asked = newState === 'speaking' ? undefined : this.#asked;
    });
  }

  /** Gives the call its session, once. */
  connect(session: voice.AgentSession<Data>): void {
    this.#session = session;
    this.#waiting.splice(0).forEach((listen) => listen(session));
  }

  say(text: string): voice.SpeechHandle {
    return this.#connected().say(text);
  }

  reply(instructions: string): voice.SpeechHandle {
    this.#asked = instructions;
    return this.#connected().generateReply({ instructions });
  }

  /** Answers what the caller has written, in place of whatever is being said. */
  answer(text: string): voice.SpeechHandle {
    this.#asked = undefined;
    const session = this.#connected();
    session.interrupt();
    return session.generateReply({ userInput: text });
  }

  /** Says nothing more of what is being said, and forgets what the caller had begun to say. */
  hush(): void {
    const session = this.#connected();
    session.interrupt();
    session.clearUserTurn();
  }

  /** Hears nothing any more: what the agent says now, nobody can talk over. */
  deafen(): void {
    this.#connected().input.setAudioEnabled(false);
  }

  /** Asks once more for the reply that the caller is waiting for. */
  askAgain(): void {
    const instructions = this.#asked;
    this.#connected().generateReply(instructions === undefined ? {} : { instructions });
  }

  end(reason: CallEndReason, detail?: string): void {
    this.#lifecycle.end(reason, detail);
  }

  on<T extends SessionEvent['type']>(
    type: T,
    listener: (event: Extract<SessionEvent, { type: T }>) => void,
  ): void {
    // What it throws would end up in the framework, in the middle of whatever it was doing.
    const harmless = (event: Extract<SessionEvent, { type: T }>): void =>
      guarded(
        () => listener(event),
        (error) => this.#lifecycle.listenerFailed(error),
      );
    const listen = (session: voice.AgentSession<Data>): void => {
      // The emitter's keys are an enum whose values are the events' own type names; the compiler cannot relate the two.
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
      const emitter = session as unknown as Pick<EventEmitter, 'on' | 'off'>;
      emitter.on(type, harmless);
      this.#removals.push(() => emitter.off(type, harmless));
    };
    if (this.#session) {
      listen(this.#session);
    } else {
      this.#waiting.push(listen);
    }
  }

  /** Whether something is being said, or is about to be. */
  get isSpeaking(): boolean {
    return this.#speech.size > 0;
  }

  /**
   * Resolves once nothing is being said. A reply that a tool asks for is made before the speech that called the tool is
   * done, so an empty set means quiet.
   */
  async quiet(): Promise<void> {
    while (this.#speech.size > 0) {
      await Promise.all([...this.#speech].map((handle) => handle.waitForPlayout()));
    }
  }

  /** Removes every listener. */
  release(): void {
    for (const remove of this.#removals.splice(0)) {
      remove();
    }
  }

  #connected(): voice.AgentSession<Data> {
    if (!this.#session) {
      throw new CallError('the call has no session yet', {
        code: 'ILLEGAL_STATE',
        fault: 'application',
        remedy: 'Speak when the call is talking, not while its parts are being made.',
      });
    }
    return this.#session;
  }

  #follow(handle: voice.SpeechHandle): void {
    this.#speech.add(handle);
    handle.addDoneCallback(() => this.#speech.delete(handle));
  }
}
