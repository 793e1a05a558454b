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
    return (await this.#peopleIn(room)).some(isAgent);
  }

  /**
   * Sends the agent again, unless one is there: LiveKit never tries a dispatch again that no worker took
   * (self-hosting facts, 0.2). What was asked for before is withdrawn, so that no two come.
   *
   * @returns false when the caller is not in the room: an agent who waits for nobody takes somebody's place, and whoever has
   *   a pass could take all of them for a day.
   */
  async sendAgain({ room, identity, metadata }: Seat): Promise<boolean> {
    const people = await this.#peopleIn(room);
    if (!people.some((one) => one.identity === identity)) {
      return false;
    }
    if (people.some(isAgent)) {
      return true;
    }
    for (const { id, agentName } of await this.#dispatches.listDispatch(room)) {
      if (agentName === this.#agentName) {
        await this.#dispatches.deleteDispatch(id, room);
      }
    }
    await this.#dispatches.createDispatch(room, this.#agentName, { metadata });
    return true;
  }

  async #peopleIn(room: string) {
    const rooms = await this.#rooms.listRooms([room]);
    return rooms.length === 0 ? [] : this.#rooms.listParticipants(room);
  }
}

function isAgent({ kind }: { readonly kind: unknown }): boolean {
  return AGENT.has(kind);
}
