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
