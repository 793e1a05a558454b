import { checkDuration } from './check-duration.js';
import type { DeadlineOptions } from './deadline.js';
import type { CallLimits, TalkLimits } from './definition.js';
import { asCallError, type CallError } from './errors.js';

const PREPARING: DeadlineOptions = {
  ms: 10_000,
  what: 'making the call’s data',
  fault: 'application',
  remedy: 'Make `data` faster: load what every call needs in `prewarm`.',
};
const GREETING: DeadlineOptions = {
  ms: 60_000,
  what: 'the greeting',
  fault: 'model',
  remedy: 'Look at the lines above: the model did not answer.',
};

/** How long each step of a call may take. */
export const DEADLINES = {
  /** Whoever has joined already hears nothing meanwhile. */
  preparing: PREPARING,
  /** A call that ends while its data is being made waits this much longer, so that its observers see the end. */
  finishingPreparing: { ...PREPARING, ms: 2_000 },
  /** LiveKit answers within one second, a loaded host within a few. */
  starting: {
    ms: 20_000,
    what: 'joining the room and starting the session',
    fault: 'livekit',
    remedy: 'Check that the worker reaches the LiveKit server, its media ports included.',
  },
  /** A longer one is taken for one that never ends (facts: a stalled response never settles). */
  greeting: GREETING,
  /** Joining the room (3 s), the agent's own last word (2 s), a listener's subscription (2 s), the clip (10 s at most). */
  farewell: {
    ms: 18_000,
    what: 'telling the caller that the model is gone',
    fault: 'livekit',
    remedy: 'Look at the lines above: the clip could not be played to its end.',
  },
  /** The last attributes should reach the room before the room is left; a lost room must not hold the end up. */
  telling: {
    ms: 1_000,
    what: 'telling the room of the outcome',
    fault: 'livekit',
    remedy: 'Look at the lines above: the room did not answer.',
  },
} as const satisfies Readonly<Record<string, DeadlineOptions>>;

/** How long the agent may go on speaking when the end was decided. */
export function lastWords({ wrapUpMs }: CallLimits): DeadlineOptions {
  return { ...GREETING, ms: wrapUpMs, what: 'the last words' };
}

/** Throws `OUT_OF_RANGE` for the first limit outside its bounds. */
export function checkLimits(limits: CallLimits): void {
  checkDuration('callerJoinMs', limits.callerJoinMs, 1_000);
  checkDuration('wrapUpMs', limits.wrapUpMs, 1_000, 120_000);
  checkDuration('idleMs', limits.idleMs, 10_000, 3_600_000);
  checkDuration('flushMs', limits.flushMs, 100, 30_000);
  checkTalkLimits(limits);
}

/** Throws `OUT_OF_RANGE` for the first limit outside its bounds. */
export function checkTalkLimits(limits: TalkLimits): void {
  checkDuration('maxDurationMs', limits.maxDurationMs, 1_000, 86_400_000);
  checkDuration('timeHintMs', limits.timeHintMs, 0, 86_400_000);
  checkDuration('silenceMs', limits.silenceMs, 1_000, 3_600_000);
  checkDuration('rejoinGraceMs', limits.rejoinGraceMs, 0, 3_600_000);
}

/** A call's own limits; the definition's, where the application's make no sense. */
export function limitsOf<Data>(
  {
    limits,
    talkLimits,
  }: {
    readonly limits: CallLimits;
    readonly talkLimits?: (data: Data) => Partial<TalkLimits>;
  },
  data: Data,
  failed: (error: CallError) => void,
): CallLimits {
  try {
    const own = { ...limits, ...talkLimits?.(data) };
    checkTalkLimits(own);
    return own;
  } catch (error) {
    failed(asCallError(error));
    return limits;
  }
}
