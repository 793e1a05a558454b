import { isAnnounced, type AnnouncedEnd } from './cues.js';
import type { CallLimits, CallObserver } from './definition.js';
import type { CallError } from './errors.js';
import type { CallLog } from './log.js';
import type { CallEndReason } from './end-reason.js';
import type { CallOutcome } from './outcome.js';

/** What a call is made of, behind ports: LiveKit in production, fakes in the lifecycle's own tests. */
export interface CallParts {
  readonly observers: readonly CallObserver[];
  /** Joins the room and starts the one session. Rejects when either fails. */
  start(): Promise<void>;
  /** Resolves when a human is in the room. */
  callerJoined(): Promise<void>;
  /** Speaks the greeting; resolves when it was played or interrupted. */
  greet(): Promise<void>;
  /** Says goodbye before the call ends for this reason; resolves when it was said, or nobody is there to hear it. */
  goodbye(reason: AnnouncedEnd): Promise<void>;
  /** Resolves once the agent says nothing and is about to say nothing. */
  quiet(): Promise<void>;
  /**
   * Tells the caller, if one is there, that the call ends because the model is gone; resolves when they have heard it,
   * or at once when nobody listens or `unheard` aborts.
   */
  farewell(unheard: AbortSignal): Promise<void>;
  /** Tells the room about the call, as attributes of the agent's participant. */
  publish(attributes: Readonly<Record<string, string>>): Promise<void>;
  /** What the outcome takes from the session. */
  measure(): Pick<CallOutcome, 'modelConnections' | 'usage'>;
}

export interface CallLifecycleOptions {
  readonly callId: string;
  readonly limits: CallLimits;
  readonly log: CallLog;
  /** Makes the parts: the application's data, the session, the observers. Rejecting ends the call as `crashed`. */
  prepare(): Promise<CallParts>;
  /** Every error of the call, after it was logged. */
  onError(error: CallError): void;
}

/** Says what there is to say before a call ends, and waits until it is said. */
export async function lastWordsOf(
  parts: CallParts | undefined,
  reason: CallEndReason,
): Promise<void> {
  if (isAnnounced(reason)) {
    await parts?.goodbye(reason);
  }
  await parts?.quiet();
}

/** What the parts say of the session, if there are any; nothing they throw may cost the call its outcome. */
export function measured(
  parts: CallParts | undefined,
  failed: (error: unknown) => void,
): ReturnType<CallParts['measure']> {
  try {
    return parts?.measure() ?? NOTHING;
  } catch (error) {
    failed(error);
    return NOTHING;
  }
}

const NOTHING = { modelConnections: 0, usage: [] };
