import type { RemoteParticipant } from 'livekit-client';
import { pause } from './how-it-ended.js';

/** An agent that says nothing of whom it knows is not waited for longer. */
const SEEN_WITHIN_MS = 3000;
const LOOK_EVERY_MS = 50;

/**
 * Waits until the agent knows that we are here: a text that arrives before we do, as right after the page was loaded anew, would be
 * dropped by it.
 *
 * @param sid of our own participant
 * @param agent as it is now
 */
export async function untilSeen(
  sid: string,
  agent: () => Pick<RemoteParticipant, 'attributes'> | undefined,
): Promise<void> {
  const lateMs = performance.now() + SEEN_WITHIN_MS;
  while (agent()?.attributes['call.caller'] !== sid && performance.now() < lateMs) {
    await pause(LOOK_EVERY_MS);
  }
}
