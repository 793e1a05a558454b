import type { CallLifecycle } from './call-lifecycle.js';
import type { CallState } from './call-state.js';
import type { CallerExperience } from './caller-experience.js';
import type { AnnouncedEnd, Cues } from './cues.js';
import type { CallObserver, TalkLimits } from './definition.js';
import { describeError } from './errors.js';
import { guarded } from './guarded.js';
import type { SessionLiveCall } from './live-call.js';
import type { CallLog } from './log.js';
import { pause } from './pause.js';
import { RejoinGrace, type Gone } from './rejoin-grace.js';
import { SilenceNudges } from './silence-nudges.js';
import { TimeLimit } from './time-limit.js';

export interface AttendanceOptions<Data> {
  readonly call: Pick<
    SessionLiveCall<unknown>,
    'on' | 'reply' | 'hush' | 'deafen' | 'quiet' | 'isSpeaking'
  >;
  readonly lifecycle: Pick<CallLifecycle, 'end' | 'happened'> & {
    readonly state: Pick<CallState, 'name'>;
  };
  readonly experience: Pick<CallerExperience, 'callerAway' | 'callerBack' | 'isCallersTurn'>;
  readonly data: Data;
  readonly cues: Cues<Data>;
  readonly limits: TalkLimits & { readonly wrapUpMs: number };
  readonly log: CallLog;
}

/** An agent, as far as its standing instructions go. */
interface Instructed {
  readonly instructions: { toString(): string };
  updateInstructions(instructions: string): Promise<void>;
}

/**
 * Whether the caller attends: they may go and come back, say nothing, or talk for too long. An observer of its call.
 */
export class Attendance<Data> implements CallObserver {
  readonly name = 'attendance';
  readonly #options: AttendanceOptions<Data>;
  readonly #grace: RejoinGrace;
  readonly #nudges: SilenceNudges;
  readonly #time: TimeLimit;
  #agentListens = false;
  #agent: Instructed | undefined;

  constructor(options: AttendanceOptions<Data>) {
    this.#options = options;
    const { lifecycle, limits, cues, call, data } = options;
    this.#grace = new RejoinGrace({
      graceMs: limits.rejoinGraceMs,
      isEnding: () => ENDING.has(lifecycle.state.name),
      end: (reason, detail) => lifecycle.end(reason, detail),
      tell: (event) => lifecycle.happened(event),
    });
    this.#nudges = new SilenceNudges({
      silenceMs: limits.silenceMs,
      isCallersTurn: () => this.#isCallersTurn,
      nudge: (number, of) => {
        lifecycle.happened({ type: 'caller-nudged', number, of });
        this.#attempt(() => call.reply(cues.nudge(data, number, of)));
      },
      over: () => lifecycle.end('caller-silent', 'the caller said nothing, also when spoken to'),
    });
    this.#time = new TimeLimit({
      maxMs: limits.maxDurationMs,
      hintMs: limits.timeHintMs,
      hint: (leftMs) => this.#hint(leftMs),
      over: () => lifecycle.end('time-limit', `the call may take ${limits.maxDurationMs} ms`),
    });
  }

  attach(): void {
    const { call } = this.#options;
    call.on('agent_state_changed', ({ newState }) => {
      this.#agentListens = newState === 'listening' || newState === 'idle';
    });
    call.on('speech_created', ({ speechHandle }) => {
      // Nobody would hear it, and both sides would take it for said.
      if (this.#grace.isAway) {
        speechHandle.interrupt(true);
      }
    });
  }

  /** Gives the call its agent, whose instructions the hint is added to. */
  follow(agent: Instructed): void {
    this.#agent = agent;
  }

  onState({ name }: CallState): void {
    if (name === 'greeting') {
      this.#time.start();
      this.#nudges.start();
    } else if (ENDING.has(name)) {
      this.#stop();
    }
  }

  heard(who: 'agent' | 'caller'): void {
    if (who === 'agent') {
      this.#nudges.agentHeard();
    } else {
      this.#nudges.callerHeard();
    }
  }

  callerAway(gone: Gone): void {
    const { call, experience } = this.#options;
    if (this.#grace.away(gone)) {
      experience.callerAway();
      this.#attempt(() => call.hush());
    }
  }

  callerBack(): void {
    const { call, experience, cues, lifecycle, data } = this.#options;
    if (ENDING.has(lifecycle.state.name)) {
      return;
    }
    this.#grace.back();
    experience.callerBack();
    this.#nudges.callerHeard();
    const words = [cues.welcomeBack(data), cues.standing(data)];
    this.#attempt(() => call.reply(words.join('\n').trim()));
  }

  callerTypes(): void {
    this.#nudges.callerHeard();
  }

  /** What is being said may be finished in half of the time there is; then goodbye, which nobody can talk over. */
  async goodbye(reason: AnnouncedEnd): Promise<void> {
    const { call, cues, limits, data } = this.#options;
    if (this.#grace.isAway) {
      return;
    }
    call.deafen();
    const enough = new AbortController();
    await Promise.race([call.quiet(), pause(limits.wrapUpMs / 2, enough.signal)]);
    enough.abort();
    call.hush();
    await call.reply(cues.goodbye(data, reason)).waitForPlayout();
  }

  async flush(): Promise<void> {
    this.#stop();
  }

  get #isCallersTurn(): boolean {
    const { experience, lifecycle, call } = this.#options;
    return (
      this.#agentListens &&
      !call.isSpeaking &&
      lifecycle.state.name === 'talking' &&
      experience.isCallersTurn
    );
  }

  #hint(leftMs: number): void {
    const { lifecycle, cues, data } = this.#options;
    lifecycle.happened({ type: 'time-hint', leftMs });
    const agent = this.#agent;
    this.#attempt(() =>
      agent?.updateInstructions(
        `${agent.instructions.toString()}\n\n${cues.timeHint(data, leftMs)}`,
      ),
    );
  }

  /** Something the call can do without. */
  #attempt(act: () => unknown): void {
    guarded(act, (error) =>
      this.#options.log.warn(describeError(error), 'the agent could not be told'),
    );
  }

  #stop(): void {
    this.#time.stop();
    this.#nudges.stop();
    this.#grace.stop();
  }
}

const ENDING: ReadonlySet<CallState['name']> = new Set(['wrapping-up', 'closing', 'closed']);
