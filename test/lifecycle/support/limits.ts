import type { CallLimits } from '../../../src/lifecycle/definition.js';

/** Limits within their bounds. */
export const SOUND: CallLimits = {
  callerJoinMs: 60_000,
  wrapUpMs: 20_000,
  idleMs: 300_000,
  maxDurationMs: 2_700_000,
  timeHintMs: 180_000,
  silenceMs: 30_000,
  rejoinGraceMs: 60_000,
  flushMs: 5_000,
  memoryMb: 800,
};
