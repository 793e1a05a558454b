import type { Room } from '@livekit/rtc-node';
import { describeError } from './errors.js';
import type { CallRoom } from './call-room.js';
import type { CallLog } from './log.js';
import { CallNotices } from './notices/call-notices.js';
import type { NoticeClips } from './notices/notice.js';
import { NoticePlayer } from './notices/notice-player.js';
import type { TroubleEvent } from './trouble.js';

/** Our own joining, when the model failed while it was under way. */
const JOINING_MS = 3_000;

export interface CallerExperienceOptions {
  readonly room: Pick<Room, 'localParticipant'>;
  readonly callRoom: Pick<CallRoom, 'joined' | 'hasCaller'>;
  readonly clips: NoticeClips;
  readonly log: CallLog;
  readonly tell: (event: TroubleEvent) => void;
}

/** What the caller hears while the model is in trouble. */
export class CallerExperience {
  readonly #options: CallerExperienceOptions;
  readonly #notices: CallNotices;

  constructor(options: CallerExperienceOptions) {
    this.#options = options;
    const { room, clips, log, tell } = options;
    this.#notices = new CallNotices({
      player: new NoticePlayer(() => room.localParticipant),
      clips,
      agentSpeaks: () => false,
      tell,
      failed: (error) => log.error(describeError(error), 'a clip could not be played'),
    });
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
  async close(): Promise<void> {
    await this.#notices.close();
  }
}
