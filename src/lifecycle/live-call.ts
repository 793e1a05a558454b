import type { voice } from '@livekit/agents';
import type { EventEmitter } from 'node:events';
import type { LiveCall, SessionEvent } from './definition.js';
import type { CallEndReason } from './outcome.js';

/**
 * A running call as the application sees it. Holds the application's listeners and the speech that is under way, and
 * lets go of both when the call is closed.
 */
export class SessionLiveCall<Data> implements LiveCall<Data> {
  readonly callId: string;
  readonly data: Data;
  readonly #session: voice.AgentSession<Data>;
  readonly #end: (reason: CallEndReason, detail?: string) => void;
  readonly #speech = new Set<voice.SpeechHandle>();
  readonly #removals: (() => void)[] = [];

  constructor(
    callId: string,
    session: voice.AgentSession<Data>,
    end: (reason: CallEndReason, detail?: string) => void,
  ) {
    this.callId = callId;
    this.data = session.userData;
    this.#session = session;
    this.#end = end;
    this.on('speech_created', ({ speechHandle }) => this.#follow(speechHandle));
  }

  say(text: string): voice.SpeechHandle {
    return this.#session.say(text);
  }

  reply(instructions: string): voice.SpeechHandle {
    return this.#session.generateReply({ instructions });
  }

  end(reason: CallEndReason, detail?: string): void {
    this.#end(reason, detail);
  }

  on<T extends SessionEvent['type']>(
    type: T,
    listener: (event: Extract<SessionEvent, { type: T }>) => void,
  ): void {
    // The emitter's keys are an enum whose values are the events' own type names; the compiler cannot relate the two.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
    const emitter = this.#session as unknown as Pick<EventEmitter, 'on' | 'off'>;
    emitter.on(type, listener);
    this.#removals.push(() => emitter.off(type, listener));
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

  #follow(handle: voice.SpeechHandle): void {
    this.#speech.add(handle);
    handle.addDoneCallback(() => this.#speech.delete(handle));
  }
}
