import type { ModelUsage } from '@livekit/agents';
import type { CallError } from './errors.js';

/** Every way a call can end. Logs, metrics, journal, webhook and page use these words and no others. */
export const CALL_END_REASONS = [
  /** The conversation reached its end: the agent said goodbye. */
  'completed',
  /** The caller hung up, or did not come back within the grace period. */
  'caller-left',
  /** Nobody joined the room in time. */
  'caller-never-came',
  /** The caller stayed silent through every nudge. */
  'caller-silent',
  /** The call reached its longest allowed duration. */
  'time-limit',
  /** The model could not be reached, or kept failing, until the retry budget was spent. */
  'model-unavailable',
  /** The model refused us for good: wrong key, no quota, no such model. */
  'model-refused',
  /** The room or the LiveKit server was lost. */
  'livekit-lost',
  /** The worker was told to stop. */
  'worker-shutdown',
  /** An exception that nobody caught. */
  'crashed',
] as const;

export type CallEndReason = (typeof CALL_END_REASONS)[number];

/** How one call ended. Made exactly once per call, and never changed. */
export interface CallOutcome {
  /** LiveKit's job id: the name of the call in every log line and of its folder. */
  readonly callId: string;
  readonly reason: CallEndReason;
  /** Free text beside the reason, such as LiveKit's own word for why a room closed. */
  readonly detail?: string;
  /** What went wrong, when something did. A call that recovered has none. */
  readonly error?: CallError;
  /** ISO 8601, the moment the job started. */
  readonly startedAt: string;
  /** ISO 8601, the moment the outcome was decided. */
  readonly endedAt: string;
  /** From start to outcome. */
  readonly durationMs: number;
  /** How often a connection to the model was tried. */
  readonly modelConnections: number;
  /** Tokens and audio, one entry a model, as LiveKit counts them. */
  readonly usage: readonly Partial<ModelUsage>[];
}
