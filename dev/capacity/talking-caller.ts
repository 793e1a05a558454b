import { randomUUID } from 'node:crypto';
import { joinAsCaller, VoiceMeter, type Caller } from '../caller/index.js';
import { callerToken } from '../stack/index.js';
import type { LiveKitAddress } from '../stack/livekit/address.js';
import type { Lines } from './lines.js';
import { damageOf, ReplyMeter, type Damage } from './reply-meter.js';

/** One question and its answer, as the caller heard it. */
export interface Turn {
  /** From the caller's last sound to the agent's first. */
  readonly latencyMs: number;
  readonly damage: Damage;
  /** When the answer was over, in `performance.now()`. */
  readonly endedAtMs: number;
}

const FIRST_WORD_WITHIN_MS = 30_000;
const ANSWER_WITHIN_MS = 15_000;
/** So long a silence, and the agent has said what it had to say. Longer than a gap that a listener would wait through. */
const SILENCE_MS = 600;

/** A caller who asks and listens, again and again, from the greeting until they leave. */
export class TalkingCaller {
  /** From the beginning of joining to the first word of the greeting. */
  readonly firstWordMs: number;
  readonly #caller: Caller;
  readonly #meter: ReplyMeter;
  readonly #lines: Lines;
  readonly #turns: Turn[] = [];
  readonly #problems: string[] = [];
  #talking: Promise<void> = Promise.resolve();
  #isLeaving = false;

  private constructor(caller: Caller, meter: ReplyMeter, lines: Lines, firstWordMs: number) {
    this.#caller = caller;
    this.#meter = meter;
    this.#lines = lines;
    this.firstWordMs = firstWordMs;
  }

  /**
   * Joins a new room, waits for the greeting's first word, and begins to talk.
   *
   * @throws WaitFailedError when no agent is heard in time
   */
  static async join(
    livekit: LiveKitAddress,
    agentName: string,
    lines: Lines,
  ): Promise<TalkingCaller> {
    const meter = new ReplyMeter();
    const voice = new VoiceMeter({ onFrame: (isVoice, frameMs) => meter.frame(isVoice, frameMs) });
    const room = `capacity-${randomUUID()}`;
    const token = await callerToken({ livekit, room, identity: 'caller', agentName });
    const caller = await joinAsCaller({ url: livekit.url, token, voice });
    try {
      const heardAtMs = await voice.waitForVoice({
        timeoutMs: FIRST_WORD_WITHIN_MS,
        since: { atMs: 0, heardMs: 0 },
      });
      const firstWordMs = heardAtMs - caller.joinStartedAtMs - lines.greetingSilenceMs;
      const talking = new TalkingCaller(caller, meter, lines, firstWordMs);
      talking.#talking = talking.#talkOn();
      return talking;
    } catch (error) {
      await caller.leave();
      throw error;
    }
  }

  /** The turns whose answer ended between two moments. */
  turnsBetween(fromMs: number, toMs: number): Turn[] {
    return this.#turns.filter(({ endedAtMs }) => endedAtMs >= fromMs && endedAtMs < toMs);
  }

  /** What went wrong so far, in sentences. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** See {@link Caller.concealedMs}. */
  concealedMs(): Promise<number> {
    return this.#caller.concealedMs();
  }

  async leave(): Promise<void> {
    this.#isLeaving = true;
    await this.#caller.leave();
    await this.#talking;
  }

  async #talkOn(): Promise<void> {
    try {
      await this.#untilSilent();
      while (!this.#left()) {
        await this.#takeTurn();
      }
    } catch (error) {
      // Leaving ends every wait.
      if (!this.#left()) {
        this.#problems.push(error instanceof Error ? error.message : String(error));
      }
    }
  }

  #left(): boolean {
    return this.#isLeaving;
  }

  async #takeTurn(): Promise<void> {
    const { agentVoice } = this.#caller;
    const since = agentVoice.mark();
    this.#meter.take();
    const said = await this.#caller.play(this.#lines.caller);
    const heardAtMs = await agentVoice.waitForVoice({ since, timeoutMs: ANSWER_WITHIN_MS });
    await this.#untilSilent();
    this.#turns.push({
      latencyMs: heardAtMs - said.endedAtMs - this.#lines.replySilenceMs,
      damage: damageOf(this.#meter.take(), this.#lines.reply),
      endedAtMs: performance.now(),
    });
  }

  #untilSilent(): Promise<void> {
    return this.#caller.agentVoice.waitForQuiet({
      quietMs: SILENCE_MS,
      timeoutMs: ANSWER_WITHIN_MS,
    });
  }
}
