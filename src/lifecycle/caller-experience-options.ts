import type { LocalParticipant } from '@livekit/rtc-node';
import type { CallLifecycle } from './call-lifecycle.js';
import type { CallRoom } from './call-room.js';
import type { SessionLiveCall } from './live-call.js';
import type { CallLog } from './log.js';
import type { NoticeClips } from './notices/notice.js';

/** Whom the caller's experience turns to. */
export interface CallerExperienceOptions {
  readonly call: Pick<SessionLiveCall<unknown>, 'on' | 'reply' | 'askAgain' | 'isSpeaking'>;
  readonly lifecycle: Pick<CallLifecycle, 'end' | 'report' | 'silence' | 'trouble'>;
  /** Our participant in the room; undefined while there is none. */
  readonly participant: () => LocalParticipant | undefined;
  readonly callRoom: Pick<CallRoom, 'joined' | 'hasCaller'>;
  readonly clips: NoticeClips;
  readonly idleMs: number;
  /** Where the conversation stands, for an agent that goes on after an interruption. */
  readonly standing: () => string;
  /** Somebody is heard. Called often. */
  readonly heard: (who: 'agent' | 'caller') => void;
  readonly log: CallLog;
}
