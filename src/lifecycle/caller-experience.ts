import type { voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import { AgentVoice } from './agent-voice.js';
import type { CallLifecycle } from './call-lifecycle.js';
import type { CallRoom } from './call-room.js';
import type { CallState } from './call-state.js';
import type { CallObserver, LiveCall } from './definition.js';
import { describeError } from './errors.js';
import { guarded } from './guarded.js';
import { IdleBelt, idleError } from './idle-belt.js';
import type { CallLog } from './log.js';
import { LostReplies } from './lost-replies.js';
import { CallNotices } from './notices/call-notices.js';
import type { NoticeClips } from './notices/notice.js';
import { NoticePlayer } from './notices/notice-player.js';
import type { ConnectionError } from './realtime/connection-error.js';
import { fromConnectionError } from './session-errors.js';
import { SilenceWatch } from './silence-watch.js';

/** Our own joining, when the model failed while it was under way. */
const JOINING_MS = 3_000;

export interface CallerExperienceOptions {
  readonly call: Pick<LiveCall<unknown>, 'on'>;
  readonly lifecycle: Pick<CallLifecycle, 'end' | 'report' | 'silence' | 'trouble'>;
  readonly room: Pick<Room, 'localParticipant'>;
  readonly callRoom: Pick<CallRoom, 'joined' | 'hasCaller'>;
  readonly clips: NoticeClips;
  readonly idleMs: number;
  readonly log: CallLog;
  /** Asks the model once more for the reply that was lost. */
  readonly askAgain: () => void;
}

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
  readonly #voice = new AgentVoice(() => this.#agentHeard());

  constructor(options: CallerExperienceOptions) {
    this.#options = options;
    const { lifecycle, room, clips, log, idleMs, askAgain } = options;
    const failed = (error: unknown): void =>
      log.error(describeError(error), 'a clip could not be played');
    this.#notices = new CallNotices({
      player: new NoticePlayer(() => room.localParticipant),
      clips,
      agentSpeaks: () => this.#voice.speaks,
      tell: (event) => lifecycle.trouble(event),
      failed,
    });
    this.#watch = new SilenceWatch({
      tooLong: () => {
        lifecycle.silence(true);
        void this.#notices.oneMoment();
      },
      over: () => lifecycle.silence(false),
    });
    this.#replies = new LostReplies({
      ask: () =>
        guarded(askAgain, (error) => log.warn(describeError(error), 'no reply could be asked for')),
      tell: (event) => lifecycle.trouble(event),
    });
    this.#belt = new IdleBelt(idleMs, () => this.#idle());
  }

  attach(): void {
    const { call } = this.#options;
    call.on('user_state_changed', ({ newState }) => {
      this.#belt.heard();
      this.#watch.callerSpeaks(newState === 'speaking');
      this.#replies.drop();
    });
    call.on('user_input_transcribed', () => this.#belt.heard());
  }

  onState({ name }: CallState): void {
    this.#watch.state(name);
    if (name === 'greeting') {
      this.#belt.start();
    } else if (name === 'wrapping-up' || name === 'closing') {
      this.#belt.stop();
      this.#replies.drop();
    }
  }

  /** Listens to what the session plays. */
  follow(session: Pick<voice.AgentSession, 'output'>): void {
    this.#voice.follow(session);
  }

  replyOutstanding(is: boolean): void {
    this.#watch.reply(is);
  }

  replyFailed(error: ConnectionError): void {
    this.#watch.reply(this.#replies.failed(fromConnectionError(error)));
  }

  replyLost(cause: ConnectionError): void {
    this.#watch.reply(this.#replies.lost(fromConnectionError(cause)));
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
    this.#watch.stop();
    this.#belt.stop();
    this.#replies.drop();
    await this.#notices.close();
  }

  #agentHeard(): void {
    this.#belt.heard();
    this.#watch.agentHeard();
    this.#replies.heard();
    this.#notices.hush();
  }

  #idle(): void {
    const { lifecycle, idleMs } = this.#options;
    const error = idleError(idleMs, this.#watch.waits);
    if (error.fault === 'model') {
      lifecycle.report(error, false);
    } else {
      lifecycle.end('caller-silent', error.message, error);
    }
  }
}
