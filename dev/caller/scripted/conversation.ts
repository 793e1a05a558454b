import type { Scenario, ScenarioTurn } from '../../realtime-simulator/scenario.js';
import type { Caller } from '../caller.js';
import type { SpokenLine } from '../speech-queue.js';
import type { VoiceMark } from '../voice-meter.js';
import type { TurnReport } from './report.js';
import type { NewCallEvent } from './timeline.js';

/** A worker without a warm process starts one first. */
const GREETING_TIMEOUT_MS = 30_000;
const REPLY_TIMEOUT_MS = 20_000;
/** The longest an agent may go on talking. */
const REPLY_END_TIMEOUT_MS = 60_000;
const INTERRUPTED_TIMEOUT_MS = 3000;
/** How much of a reply is heard before it is talked over. */
const HEARD_BEFORE_INTERRUPTING_MS = 1000;
/** Silence that shows that the agent was stopped: longer than a pause between words. */
const STOPPED_QUIET_MS = 300;

/** What is known of a conversation, also of one that broke off. */
export interface ConversationFacts {
  /** In `performance.now()`. */
  firstWordAtMs: number | undefined;
  greetingHeardMs: number;
  readonly turns: TurnReport[];
}

/** A line that was said, and the moment from which what is heard answers it. */
interface Said {
  readonly line: SpokenLine;
  readonly mark: VoiceMark;
}

/** A caller who says a scenario's lines, each when it is their turn, and listens to the replies. */
export class Conversation {
  readonly facts: ConversationFacts = { firstWordAtMs: undefined, greetingHeardMs: 0, turns: [] };
  readonly #caller: Caller;
  readonly #emit: (event: NewCallEvent) => void;
  #transcriptsTold = 0;

  constructor(caller: Caller, emit: (event: NewCallEvent) => void) {
    this.#caller = caller;
    this.#emit = emit;
  }

  /**
   * Holds the whole conversation.
   *
   * @throws WaitFailedError when something that should be heard is not; `facts` has what was heard until then.
   */
  async hold({ turns }: Scenario): Promise<void> {
    await this.#hearGreeting();
    let interruption: Said | undefined;
    for (const [index, turn] of turns.entries()) {
      const said = interruption ?? (await this.#say(turn, index));
      const next = turns[index + 1];
      interruption = undefined;
      if (turn.interrupt && next !== undefined) {
        interruption = await this.#talkOver(turn, index, said, next);
      } else {
        await this.#hearOut(turn, index, said);
      }
    }
  }

  async #hearGreeting(): Promise<void> {
    const { agentVoice } = this.#caller;
    // From the beginning: the agent may have begun while the microphone was still being published.
    const beginning = { atMs: 0, heardMs: 0 };
    this.facts.firstWordAtMs = await agentVoice.waitForVoice({
      since: beginning,
      timeoutMs: GREETING_TIMEOUT_MS,
    });
    this.#emit({ type: 'first-word' });
    await this.#caller.waitForAgentToFinish({ timeoutMs: REPLY_END_TIMEOUT_MS });
    this.facts.greetingHeardMs = Math.round(agentVoice.heardMs);
    this.#emit({ type: 'greeted', heardMs: this.facts.greetingHeardMs });
    this.#tellTranscripts();
  }

  async #say(turn: ScenarioTurn, index: number): Promise<Said> {
    const mark = this.#caller.agentVoice.mark();
    this.#emit({ type: 'said', turn: index + 1, text: turn.hears });
    return { mark, line: await this.#caller.say(turn.hears) };
  }

  async #hearOut(turn: ScenarioTurn, index: number, said: Said): Promise<void> {
    await this.#withReply(turn, index, said, async () => {
      await this.#caller.waitForAgentToFinish({ timeoutMs: REPLY_END_TIMEOUT_MS });
      return undefined;
    });
  }

  async #talkOver(
    turn: ScenarioTurn,
    index: number,
    said: Said,
    next: ScenarioTurn,
  ): Promise<Said> {
    const { agentVoice } = this.#caller;
    let over: SpokenLine | undefined;
    await this.#withReply(turn, index, said, async () => {
      await agentVoice.waitForVoice({
        since: said.mark,
        heardMs: HEARD_BEFORE_INTERRUPTING_MS,
        timeoutMs: REPLY_TIMEOUT_MS,
      });
      over = (await this.#say(next, index + 1)).line;
      await agentVoice.waitForQuiet({
        quietMs: STOPPED_QUIET_MS,
        timeoutMs: INTERRUPTED_TIMEOUT_MS,
      });
      const afterMs = Math.round((agentVoice.lastVoiceAtMs ?? 0) - over.startedAtMs);
      // An agent that had ended by itself was not interrupted.
      return afterMs > 0 ? afterMs : undefined;
    });
    if (over === undefined) {
      throw new Error('The interrupting line was never said.');
    }
    return { line: over, mark: agentVoice.mark() };
  }

  /** Hears a reply begin, lets `listen` hear the rest (it says after how long it was interrupted), and notes the turn. */
  async #withReply(
    turn: ScenarioTurn,
    index: number,
    { line, mark }: Said,
    listen: () => Promise<number | undefined>,
  ): Promise<void> {
    const { agentVoice } = this.#caller;
    let replyAfterMs: number | null = null;
    let interruptedAfterMs: number | undefined;
    try {
      const firstAtMs = await agentVoice.waitForVoice({ since: mark, timeoutMs: REPLY_TIMEOUT_MS });
      replyAfterMs = Math.round(firstAtMs - line.endedAtMs);
      interruptedAfterMs = await listen();
    } finally {
      const heardMs = Math.round(agentVoice.heardSinceMs(mark));
      this.facts.turns.push({
        said: turn.hears,
        heardMs,
        replyAfterMs,
        ...(interruptedAfterMs === undefined ? {} : { interruptedAfterMs }),
      });
      this.#emit({ type: 'replied', turn: index + 1, heardMs, replyAfterMs });
      if (interruptedAfterMs !== undefined) {
        this.#emit({ type: 'interrupted', turn: index + 1, afterMs: interruptedAfterMs });
      }
      this.#tellTranscripts();
    }
  }

  #tellTranscripts(): void {
    const { transcripts } = this.#caller;
    for (const { speaker, text } of transcripts.slice(this.#transcriptsTold)) {
      this.#emit({ type: 'transcript', speaker, text });
    }
    this.#transcriptsTold = transcripts.length;
  }
}
