import { joinAsCaller, type Caller } from '../../caller/index.js';
import type { VoiceMark } from '../../caller/voice-meter.js';
import { withDeadline } from '../../stack/deadline.js';
import { callerToken } from '../../stack/token.js';
import { loadScenario } from '../../realtime-simulator/scenario.js';
import type { Ask, Heard } from '../evidence.js';
import type { Stage } from './stage.js';

const scenario = loadScenario(new URL('../scenario.en.yaml', import.meta.url));
/** Long enough that a fault can come in the middle of it. */
export const LONG_LINE =
  'I would like to say something long, which takes me a while, and you will hear all of it.';
/** So much voice is an answer; less may be the rest of what was said before. */
const ANSWER_MS = 300;

/** The caller of one row: knows when the agent has gone, and never waits longer than that. */
export class CallerSide {
  readonly #stage: Stage;
  readonly #room: string;
  readonly #identity = 'caller';
  readonly #asks: Ask[] = [];
  readonly #before: Caller[] = [];
  #caller: Caller | undefined;
  #joinedAt = 0;
  #firstWordAt: number | null = null;
  #faultMark: VoiceMark | undefined;
  #heardAfterFaultMs = 0;
  #goneAt: number | null = null;
  #isLeaving = false;
  #turn = 0;

  constructor(stage: Stage, room: string) {
    this.#stage = stage;
    this.#room = room;
  }

  get caller(): Caller {
    if (this.#caller === undefined) {
      throw new Error('The caller has not joined.');
    }
    return this.#caller;
  }

  get turn(): number {
    return this.#turn;
  }

  get room(): string {
    return this.#room;
  }

  async join(code: string | undefined): Promise<void> {
    const { livekit, agentName } = this.#stage;
    const token = await callerToken({
      livekit,
      room: this.#room,
      identity: this.#identity,
      agentName,
      metadata: JSON.stringify({
        interview: 'hr-screening-en',
        ...(code === undefined ? {} : { fault: code }),
      }),
    });
    this.#joinedAt ||= Date.now();
    this.#caller = await joinAsCaller({ url: livekit.url, token });
    this.#isLeaving = false;
    this.#follow(this.#caller);
    this.#caller.agentVoice
      .waitForVoice({ since: { atMs: 0, heardMs: 0 }, timeoutMs: 60_000 })
      .then((atMs) => (this.#firstWordAt ??= epoch(atMs)))
      .catch(() => undefined);
  }

  /** From here on what is heard counts as heard after the fault. */
  faultComes(): void {
    this.#faultMark = this.#caller?.agentVoice.mark();
  }

  /** Waits for the greeting to be over. */
  async greeted(timeoutMs: number): Promise<void> {
    const { agentVoice } = this.caller;
    const heard = agentVoice.waitForVoice({ since: { atMs: 0, heardMs: 0 }, timeoutMs });
    await this.orGone(heard);
    await this.orGone(this.caller.waitForAgentToFinish({ timeoutMs, quietMs: 500 }));
  }

  /** Says the scenario's next line. */
  async saysNext(): Promise<void> {
    const line = scenario.turns[this.#turn]?.hears ?? 'Are you there?';
    this.#turn += 1;
    await this.orGone(this.caller.say(line));
  }

  /** Says the next line and waits for an answer; `whole`: for all of it. */
  async asks({ waitMs, whole }: { waitMs: number; whole: boolean }): Promise<Ask> {
    const { agentVoice } = this.caller;
    // What the agent may still be saying is no answer.
    await agentVoice.waitForQuiet({ quietMs: 400, timeoutMs: 6000 }).catch(() => undefined);
    await this.saysNext();
    const saidAt = Date.now();
    const since = agentVoice.mark();
    const firstAtMs = await this.orGone(
      agentVoice.waitForVoice({ since, heardMs: ANSWER_MS, timeoutMs: waitMs }),
    ).catch(() => undefined);
    if (whole && firstAtMs !== undefined) {
      await this.orGone(this.caller.waitForAgentToFinish({ timeoutMs: 12_000 })).catch(
        () => undefined,
      );
    }
    const ask: Ask = {
      saidAt,
      heardMs: Math.round(agentVoice.heardSinceMs(since)),
      answeredAfterMs: firstAtMs === undefined ? null : Math.round(epoch(firstAtMs) - saidAt),
    };
    this.#asks.push(ask);
    return ask;
  }

  /** Fails as soon as the agent has gone: nothing more will come. */
  async orGone<T>(work: Promise<T>): Promise<T> {
    const gone = this.caller.agentLeft.then(({ how }) => {
      throw new Error(how);
    });
    return Promise.race([work, gone]);
  }

  get agentIsGone(): boolean {
    return this.#goneAt !== null;
  }

  async leave(): Promise<void> {
    this.#isLeaving = true;
    this.#noteVoice();
    await withDeadline(this.caller.leave(), 12_000, 'hanging up').catch(() => undefined);
  }

  /** Hangs up and joins again, under the same name. */
  async return(): Promise<void> {
    this.#noteVoice();
    this.#before.push(this.caller);
    this.#isLeaving = true;
    await this.caller.leave();
    await this.join(undefined);
    this.faultComes();
  }

  seen(): Heard {
    this.#noteVoice();
    const all = [...this.#before, this.caller];
    return {
      joinedAt: this.#joinedAt,
      firstWordAt: this.#firstWordAt,
      asks: this.#asks,
      afterFaultMs: Math.round(this.#heardAfterFaultMs),
      agentGoneAt: this.#goneAt,
      agents: new Set(all.flatMap(({ agentIdentities }) => agentIdentities)).size,
      attributes: this.caller.agentAttributes(),
      sentences: all.flatMap(({ transcripts }) =>
        transcripts.flatMap(({ speaker, text }) => (speaker === 'agent' ? [text] : [])),
      ),
    };
  }

  #noteVoice(): void {
    if (this.#faultMark !== undefined && this.#caller !== undefined) {
      const { agentVoice } = this.#caller;
      this.#heardAfterFaultMs += agentVoice.heardSinceMs(this.#faultMark);
      this.#faultMark = agentVoice.mark();
    }
  }

  /** Notes when the agent goes, unless it seems so because this caller has gone. */
  #follow(caller: Caller): void {
    this.#goneAt = null;
    void caller.agentLeft.then(({ atMs }) => {
      if (caller === this.#caller && !this.#isLeaving) {
        this.#goneAt = epoch(atMs);
      }
    });
  }
}

/** `performance.now()` as milliseconds since the epoch. */
export function epoch(atMs: number): number {
  return performance.timeOrigin + atMs;
}
