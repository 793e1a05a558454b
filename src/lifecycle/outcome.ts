import type { ModelUsage } from '@livekit/agents';
import type { CallEndReason } from './end-reason.js';
import type { CallError } from './errors.js';

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
