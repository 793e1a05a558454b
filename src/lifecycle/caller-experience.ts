import type { llm, voice } from '@livekit/agents';
import { AgentVoice } from './agent-voice.js';
import type { CallerExperienceOptions } from './caller-experience-options.js';
import type { CallState } from './call-state.js';
import { ComeBack, UNHEARD } from './come-back.js';
import type { CallObserver } from './definition.js';
import { describeError } from './errors.js';
import { guarded } from './guarded.js';
import { endIdle, IdleBelt } from './idle-belt.js';
import { LostReplies } from './lost-replies.js';
import { CallNotices } from './notices/call-notices.js';
import { NoticePlayer } from './notices/notice-player.js';
import type { ConnectionError } from './realtime/connection-error.js';
import { fromConnectionError } from './session-errors.js';
import { SilenceWatch } from './silence-watch.js';

/** Our own joining, when the model failed while it was under way. */
const JOINING_MS = 3_000;

/**
 * What the caller hears while the model is in trouble: patience is asked for when a pause grows too long, a reply that
 * was lost is asked for again, a last word is said when the model is gone, and a call in which nobody is heard any more
 * ends. An observer of its call.
 */
export class CallerExperience implements CallObserver {
  readonly name = 'caller experience';
  readonly #options: CallerExperienceOptions;
  readonly #notices: CallNotices;
  readonly #watch: SilenceWatch;
  readonly #replies: LostReplies;
  readonly #belt: IdleBelt;
  readonly #comeBack: ComeBack;
  #callerSpeaks = false;
  #callerIsAway = false;
  /** What the caller has said is not written down yet: it would be gone with the connection. */
  #isUnwritten = false;
  readonly #voice = new AgentVoice(() => this.#agentHeard());

  constructor(options: CallerExperienceOptions) {
    this.#options = options;
    const { lifecycle, participant, clips, log, idleMs, call } = options;
    this.#notices = new CallNotices({
      player: new NoticePlayer(participant),
      clips,
      agentSpeaks: () => this.#voice.speaks,
      tell: (event) => lifecycle.trouble(event),
      failed: (error) => log.error(describeError(error), 'a clip could not be played'),
    });
    const ask = (how: () => unknown): void =>
      guarded(how, (error) => log.warn(describeError(error), 'no reply could be asked for'));
    const reply = (told: string): unknown => call.reply(`${told}\n${options.standing()}`.trim());
    this.#comeBack = new ComeBack({ say: (instructions) => ask(() => reply(instructions)) });
    this.#watch = new SilenceWatch({
      tooLong: () => {
        lifecycle.silence(true);
        this.#comeBack.askedToWait();
        void this.#notices.oneMoment();
      },
      over: () => lifecycle.silence(false),
    });
    this.#replies = new LostReplies({
      ask: (wordsLost) => ask(() => (wordsLost ? reply(UNHEARD) : call.askAgain())),
      tell: (event) => lifecycle.trouble(event),
      gaveUp: (cause) => lifecycle.report(cause, false),
    });
    this.#belt = new IdleBelt(idleMs, () => endIdle(lifecycle, idleMs, this.#watch.waits));
  }

  attach(): void {
    const { call } = this.#options;
    call.on('user_state_changed', ({ newState }) => {
      // Being away is only LiveKit's word for a long silence.
      if (newState !== 'away') {
        this.#callerHeard(newState === 'speaking');
      }
    });
    call.on('user_input_transcribed', ({ isFinal }) => {
      this.#isUnwritten &&= !isFinal;
      this.#belt.heard();
    });
  }

  onState({ name }: CallState): void {
    const { call } = this.#options;
    this.#watch.state(name);
    switch (name) {
      case 'greeting':
        this.#belt.start();
        // Also after a loss: it is the greeting that comes then.
        this.#comeBack.forget();
        return;
      case 'recovering':
        this.#comeBack.lost(this.#callerSpeaks);
        this.#callerSpeaks = false;
        return;
      case 'talking':
        // Whoever is away is told when they are back.
        this.#comeBack.recovered(
          this.#callerIsAway || this.#watch.replyOutstanding || call.isSpeaking,
        );
        return;
      case 'wrapping-up':
      case 'closing':
        this.#stop();
        return;
      case 'starting':
      case 'waiting':
      case 'closed':
    }
  }

  /** Listens to what a session that has started plays and hears. */
  follow(session: Pick<voice.AgentSession, 'output'>, realtime: llm.RealtimeSession): void {
    this.#voice.follow(session);
    // Not the caller's state: that stays `speaking` when the connection goes in the middle of a sentence.
    realtime.on('input_speech_started', () => this.#callerHeard(true));
    realtime.on('input_speech_stopped', () => this.#callerHeard(false));
  }

  /** Whether it is the caller's turn: they are here, nobody speaks, and nothing is due from the agent. */
  get isCallersTurn(): boolean {
    const isDue = this.#watch.replyOutstanding || this.#watch.waits;
    return !(this.#callerIsAway || this.#callerSpeaks || isDue);
  }

  /** The caller is gone and may come back: nothing is due to them meanwhile. What they had begun to say is lost. */
  callerAway(): void {
    this.#callerIsAway = true;
    this.#callerSpeaks = false;
    this.#isUnwritten = false;
    this.#watch.callerIsHere(false);
    this.#belt.hold();
    this.#replies.drop();
    this.#comeBack.forget();
    this.#notices.hush();
  }

  /** They are here again. */
  callerBack(): void {
    this.#callerIsAway = false;
    this.#watch.callerIsHere(true);
    this.#belt.heard();
  }

  /** They have written something: nothing of it can be lost with the connection. */
  readonly callerWrote = (): void => this.#callerHeard(false, false);

  readonly replyOutstanding = (is: boolean): void => this.#watch.reply(is);

  replyFailed(error: ConnectionError): void {
    this.#watch.reply(!this.#callerIsAway && this.#replies.failed(fromConnectionError(error)));
  }

  replyLost(cause: ConnectionError): void {
    const wordsLost = this.#isUnwritten || cause.wordsLost;
    const error = fromConnectionError(cause);
    this.#watch.reply(!this.#callerIsAway && this.#replies.lost(error, wordsLost));
  }

  /** Tells a caller who is in the room that the call ends. Nobody is waited for, except ourselves. */
  async farewell(unheard: AbortSignal): Promise<void> {
    const { callRoom } = this.#options;
    await callRoom.joined(AbortSignal.any([unheard, AbortSignal.timeout(JOINING_MS)]));
    if (callRoom.hasCaller) {
      await this.#notices.lost(unheard);
    }
  }

  /** Falls silent, and lets go of everything. */
  async flush(): Promise<void> {
    this.#stop();
    await this.#notices.close();
  }

  #stop(): void {
    this.#watch.stop();
    this.#belt.stop();
    this.#replies.drop();
    this.#comeBack.forget();
  }

  #callerHeard(speaks: boolean, isUnwritten = true): void {
    this.#options.heard('caller');
    this.#callerSpeaks = speaks;
    this.#isUnwritten = isUnwritten;
    this.#belt.heard();
    this.#watch.callerSpeaks(speaks);
    this.#replies.drop();
    this.#comeBack.forget();
  }

  #agentHeard(): void {
    this.#options.heard('agent');
    this.#belt.heard();
    this.#watch.agentHeard();
    this.#replies.heard();
    this.#comeBack.forget();
    this.#notices.hush();
  }
}
