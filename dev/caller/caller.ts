import type { Room } from '@livekit/rtc-node';
import { synthesize } from '../speech/index.js';
import { agentFinished, type FinishOptions } from './agent-finished.js';
import { concealedMs } from './concealment.js';
import type { AgentPresence, AttributeChange } from './agent-presence.js';
import type { AgentLeft } from './departure.js';
import { withDeadline } from '../stack/deadline.js';
import { MICROPHONE_SAMPLE_RATE, type Microphone } from './microphone.js';
import { rtc } from './rtc.js';
import type { SpokenLine } from './speech-queue.js';
import type { Transcripts, TranscriptSegment } from './transcripts.js';
import type { VoiceMeter } from './voice-meter.js';
import type { Waiters } from './waiters.js';

/** What `joinAsCaller` opened; the caller closes it. */
export interface CallerParts {
  readonly room: Room;
  readonly agent: AgentPresence;
  readonly voice: VoiceMeter;
  readonly microphone: Microphone;
  readonly transcripts: Transcripts;
  readonly waiters: Waiters;
  /** `performance.now()` when joining began, and when room and microphone were there. */
  readonly joinStartedAtMs: number;
  readonly joinedAtMs: number;
}

/** How long each step of hanging up may take. */
const LEAVE_TIMEOUT_MS = 5000;

interface Timeout {
  readonly timeoutMs: number;
}

/** A person in a room, without a browser: speaks, listens, and sees what the agent publishes. */
export class Caller implements AsyncDisposable {
  readonly #parts: CallerParts;
  #leaving: Promise<void> | undefined;

  constructor(parts: CallerParts) {
    this.#parts = parts;
  }

  get joinStartedAtMs(): number {
    return this.#parts.joinStartedAtMs;
  }

  get joinedAtMs(): number {
    return this.#parts.joinedAtMs;
  }

  /** What is heard of the agent. */
  get agentVoice(): VoiceMeter {
    return this.#parts.voice;
  }

  /** Finished utterances of both sides, in the order they began. */
  get transcripts(): readonly TranscriptSegment[] {
    return this.#parts.transcripts.segments;
  }

  /** Every agent that was in the room. More than one is a defect. */
  get agentIdentities(): readonly string[] {
    return this.#parts.agent.identities;
  }

  /** Every attribute change of the agent so far, such as the path its `call.state` took. */
  get attributeChanges(): readonly AttributeChange[] {
    return this.#parts.agent.attributeChanges;
  }

  /** Resolves when no agent is left in the room, or this caller is out of it. Never rejects. */
  get agentLeft(): Promise<AgentLeft> {
    return this.#parts.agent.left;
  }

  /** The agent's attributes as last seen; they stay when it has left. */
  agentAttributes(): Readonly<Record<string, string>> {
    return this.#parts.agent.attributes;
  }

  /** Says a text in the caller's voice; resolves when the last sample left, or when it was stopped. */
  async say(text: string): Promise<SpokenLine> {
    return this.play(
      await synthesize(text, { voice: CALLER_VOICE, sampleRate: MICROPHONE_SAMPLE_RATE }),
    );
  }

  /** Plays mono 16-bit samples of 24 kHz as the caller's voice. */
  play(samples: Int16Array): Promise<SpokenLine> {
    return this.#parts.microphone.speak(samples);
  }

  /** Falls silent at once; what was still to be said is dropped. */
  stopSpeaking(): void {
    this.#parts.microphone.stopSpeaking();
  }

  /** Waits for an agent to be in the room, and gives its identity. */
  waitForAgent({ timeoutMs }: Timeout): Promise<string> {
    return this.#parts.waiters.until(() => this.agentIdentities[0], {
      timeoutMs,
      awaited: 'an agent in the room',
      seen: () =>
        'the server never retries a failed dispatch: see whether a worker of that agent name is registered and below its load threshold',
    });
  }

  /** Waits until the agent's attribute `name` satisfies `predicate`, and gives its value. */
  waitForAttribute(
    name: string,
    predicate: (value: string) => boolean,
    { timeoutMs }: Timeout,
  ): Promise<string> {
    const read = () => {
      const value = this.agentAttributes()[name];
      return value !== undefined && predicate(value) ? value : undefined;
    };
    return this.#parts.waiters.until(read, {
      timeoutMs,
      awaited: `the agent’s attribute ${name}`,
      seen: () => `saw ${JSON.stringify(this.agentAttributes())}`,
    });
  }

  /** Waits for a finished utterance, also one already there. */
  waitForTranscript(
    predicate: (segment: TranscriptSegment) => boolean,
    { timeoutMs }: Timeout,
  ): Promise<TranscriptSegment> {
    return this.#parts.waiters.until(() => this.transcripts.find(predicate), {
      timeoutMs,
      awaited: 'a transcript',
      seen: () =>
        `saw ${JSON.stringify(this.transcripts.map(({ speaker, text }) => `${speaker}: ${text}`))}`,
    });
  }

  /** Waits for the last agent to leave, or for this caller to be put out of the room. */
  waitForAgentToLeave({ timeoutMs }: Timeout): Promise<AgentLeft> {
    return this.#parts.waiters.until(() => this.#parts.agent.gone, {
      timeoutMs,
      awaited: 'the agent to leave',
      seen: () => `its attributes are ${JSON.stringify(this.agentAttributes())}`,
    });
  }

  /** Waits until the agent has said what it had to say, or has left. */
  waitForAgentToFinish(options: FinishOptions): Promise<void> {
    return agentFinished(this.#parts, options);
  }

  /** How much sound came too late, so that LiveKit's client made something up, in milliseconds since joining. */
  async concealedMs(): Promise<number> {
    return concealedMs((await this.#parts.room.getRtcStats()).subscriberStats);
  }

  /**
   * Loses the connection for a moment and comes back by itself, as on a change of network: `signal` keeps the media
   * path, `full` builds everything anew. Resolves when the connection was cut. Not before the agent was heard: a resume
   * in the middle of the first negotiation can leave LiveKit's client with a silent track for good.
   */
  async dropConnection(how: 'signal' | 'full'): Promise<void> {
    const kinds = rtc.SimulateScenarioKind;
    await this.#parts.room.simulateScenario(
      how === 'signal' ? kinds.SIMULATE_SIGNAL_RECONNECT : kinds.SIMULATE_FULL_RECONNECT,
    );
  }

  /**
   * Hangs up. A second time is the same as once.
   *
   * @throws Error when LiveKit's client does not let go within 5 s. Seen only right after a full reconnect, before the
   *   microphone was published anew, on a busy machine: 1 in 60.
   */
  leave(): Promise<void> {
    this.#leaving ??= this.#leave();
    return this.#leaving;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
  }

  async #leave(): Promise<void> {
    const { room, agent, voice, microphone, waiters } = this.#parts;
    // First, so that what waits hears of our leaving and not of the connection that ends with it.
    waiters.end('the caller has left');
    voice.close('the caller has left');
    agent.callerDisconnected();
    await withDeadline(microphone.close(), LEAVE_TIMEOUT_MS, 'Closing the microphone');
    await withDeadline(room.disconnect(), LEAVE_TIMEOUT_MS, 'Disconnecting from the room');
    room.removeAllListeners();
  }
}

/** Different from the simulator's voices, so a listener can tell the two sides apart. */
export const CALLER_VOICE = 'rms';
