import type { CallEndReason } from '../lifecycle/index.js';

/** Ends that somebody has to look into. Callers who leave, and workers that are told to stop, are ordinary. */
const BAD_ENDS: ReadonlySet<string> = new Set([
  'model-unavailable',
  'model-refused',
  'livekit-lost',
  'crashed',
] satisfies CallEndReason[]);

export function isBadEnd(reason: string): boolean {
  return BAD_ENDS.has(reason);
}
