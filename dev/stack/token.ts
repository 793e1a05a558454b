import { AccessToken, RoomAgentDispatch, RoomConfiguration, TrackSource } from 'livekit-server-sdk';
import type { LiveKitAddress } from './livekit/address.js';

/** Whom a token is for. */
export interface CallerTokenRequest {
  readonly livekit: Pick<LiveKitAddress, 'apiKey' | 'apiSecret'>;
  readonly room: string;
  readonly identity: string;
  /** The agent to send into the room when this join creates it. Default: none, as for one that is back. */
  readonly agentName?: string;
  /** What the job is about: JSON with ids only. The caller can read it in the token. */
  readonly metadata?: string;
  /** Shown to others in the room. */
  readonly name?: string;
  /** What others in the room know of the caller; the caller cannot change it. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A token that lets one caller join one room with a microphone for ten minutes, and sends the agent there. */
export async function callerToken(request: CallerTokenRequest): Promise<string> {
  const { livekit, room, identity, agentName, metadata = '', name, attributes } = request;
  const token = new AccessToken(livekit.apiKey, livekit.apiSecret, {
    identity,
    ttl: '10m',
    ...(name === undefined ? {} : { name }),
    ...(attributes === undefined ? {} : { attributes: { ...attributes } }),
  });
  token.addGrant({
    room,
    roomJoin: true,
    canSubscribe: true,
    canPublish: true,
    canPublishSources: [TrackSource.MICROPHONE],
    canPublishData: true,
  });
  if (agentName !== undefined) {
    token.roomConfig = new RoomConfiguration({
      agents: [new RoomAgentDispatch({ agentName, metadata })],
    });
  }
  return token.toJwt();
}
