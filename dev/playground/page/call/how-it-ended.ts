import { DisconnectReason } from 'livekit-client';
import type { EndedHow } from './view.js';

const BY_THE_AGENT: ReadonlySet<unknown> = new Set([
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.PARTICIPANT_REMOVED,
]);
const BY_US: unknown = DisconnectReason.CLIENT_INITIATED;

/**
 * What LiveKit's word for the end of a connection means. Nothing when it was our own doing: whoever hangs up says so, and a
 * page that is being left may come back.
 */
export function howItEnded(reason: unknown): EndedHow | undefined {
  if (reason === BY_US) {
    return undefined;
  }
  return BY_THE_AGENT.has(reason) ? 'agent-left' : 'connection-lost';
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, ms));
}
