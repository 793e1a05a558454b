import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import type { PlaygroundOptions } from '../options.js';
import type { Seat } from './pass.js';

/** ParticipantInfo.Kind.AGENT of LiveKit's protocol, which its server SDK does not export. */
const AGENT: ReadonlySet<unknown> = new Set([4]);

/** Looks after the agent of a room that exists already, by LiveKit's API. */
export class RoomAgents {
  readonly #rooms: RoomServiceClient;
  readonly #dispatches: AgentDispatchClient;
  readonly #agentName: string;

  constructor({ livekit, agentName }: PlaygroundOptions) {
    const { url, apiKey, apiSecret } = livekit;
    const address = url.replace(/^ws/, 'http');
    this.#rooms = new RoomServiceClient(address, apiKey, apiSecret);
    this.#dispatches = new AgentDispatchClient(address, apiKey, apiSecret);
    this.#agentName = agentName;
  }

  /** Whether an agent is in the room. A room that does not exist has none. */
  async isThere(room: string): Promise<boolean> {
    const rooms = await this.#rooms.listRooms([room]);
    if (rooms.length === 0) {
      return false;
    }
    const participants = await this.#rooms.listParticipants(room);
    return participants.some(({ kind }) => AGENT.has(kind));
  }

  /**
   * Sends the agent again, unless one is there: LiveKit never tries a dispatch again that no worker took
   * (self-hosting facts, 0.2). What was asked for before is withdrawn, so that no two come.
   */
  async sendAgain({ room, metadata }: Seat): Promise<void> {
    if (await this.isThere(room)) {
      return;
    }
    for (const { id, agentName } of await this.#dispatches.listDispatch(room)) {
      if (agentName === this.#agentName) {
        await this.#dispatches.deleteDispatch(id, room);
      }
    }
    await this.#dispatches.createDispatch(room, this.#agentName, { metadata });
  }
}
