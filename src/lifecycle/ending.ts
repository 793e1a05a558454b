import type { CallError } from './errors.js';
import type { CallEndReason } from './end-reason.js';
import type { CallOutcome } from './outcome.js';

/** The decision that a call is over: what its outcome will say. */
export interface Ending {
  readonly reason: CallEndReason;
  readonly detail?: string | undefined;
  readonly error?: CallError | undefined;
}

const GRACEFUL: ReadonlySet<CallEndReason> = new Set(['completed', 'caller-silent', 'time-limit']);

/** Whether the agent may finish its sentence. After any other end there is nobody to hear it. */
export function isGraceful(reason: CallEndReason): boolean {
  return GRACEFUL.has(reason);
}

const UNHEARD: ReadonlySet<CallEndReason> = new Set([
  'caller-left',
  'caller-never-came',
  'livekit-lost',
  'worker-shutdown',
  'crashed',
]);

/** Whether nobody is left to be told anything, or no time for it. */
export function isHeardByNobody(reason: CallEndReason): boolean {
  return UNHEARD.has(reason);
}

/** Whether the model is gone, so that the agent cannot say goodbye itself. */
export function isModelGone(reason: CallEndReason): boolean {
  return reason === 'model-unavailable' || reason === 'model-refused';
}

/** The outcome of an ending, as of now. */
export function outcomeOf(
  { reason, detail, error }: Ending,
  call: Pick<CallOutcome, 'callId' | 'modelConnections' | 'usage'> & { readonly startedMs: number },
): CallOutcome {
  const { callId, startedMs, modelConnections, usage } = call;
  const endedMs = Date.now();
  return Object.freeze({
    callId,
    reason,
    ...(detail === undefined ? {} : { detail }),
    ...(error === undefined ? {} : { error }),
    startedAt: new Date(startedMs).toISOString(),
    endedAt: new Date(endedMs).toISOString(),
    durationMs: endedMs - startedMs,
    modelConnections,
    usage,
  });
}

/** Fields for a log line about an outcome, its error as plain data. */
export function describeOutcome(outcome: CallOutcome): { outcome: Record<string, unknown> } {
  return { outcome: { ...outcome, error: outcome.error?.toJSON() } };
}
