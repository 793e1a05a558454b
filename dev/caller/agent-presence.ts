import type { RemoteParticipant, Room } from '@livekit/rtc-node';
import { Departure, type AgentLeft } from './departure.js';
import { rtc } from './rtc.js';
import { deferred, type Waiters } from './waiters.js';

/** One change of one attribute of the agent. */
export interface AttributeChange {
  readonly name: string;
  readonly value: string;
  /** In `performance.now()`. */
  readonly atMs: number;
}

/** Between an agent's going and the event that says that only the caller's connection was lost. */
const SETTLE_MS = 200;

/** After LiveKit itself was away, the agent comes back on its own, and may be later than this caller. */
const RETURNING_MS = 15_000;

/** Follows the agent in a room: who it is, what it publishes about itself, when it leaves. */
export class AgentPresence {
  readonly #room: Room;
  readonly #waiters: Waiters;
  readonly #identities: string[] = [];
  readonly #changes: AttributeChange[] = [];
  readonly #departure = new Departure();
  readonly #left = deferred<AgentLeft>();
  #attributes: Readonly<Record<string, string>> = {};
  #returningUntilMs = 0;

  /** Attach it before the room is joined, so nothing is missed. The room's owner removes the listeners. */
  constructor(room: Room, waiters: Waiters) {
    this.#room = room;
    this.#waiters = waiters;
    room.on(rtc.RoomEvent.ParticipantConnected, this.#see);
    room.on(rtc.RoomEvent.ParticipantDisconnected, this.#miss);
    room.on(rtc.RoomEvent.ParticipantAttributesChanged, (_changed, participant) =>
      this.#readAttributes(participant.identity),
    );
    room.on(rtc.RoomEvent.Reconnected, () => {
      this.#returningUntilMs = performance.now() + RETURNING_MS;
      setTimeout(this.#decideWhetherGone, RETURNING_MS + 1).unref();
    });
    room.on(rtc.RoomEvent.Disconnected, () => this.callerDisconnected());
  }

  /** Every agent seen in the room, in the order they came. More than one is a defect. */
  get identities(): readonly string[] {
    return this.#identities;
  }

  /** As last seen; they stay when the agent has gone. */
  get attributes(): Readonly<Record<string, string>> {
    return this.#attributes;
  }

  get attributeChanges(): readonly AttributeChange[] {
    return this.#changes;
  }

  /** How the last agent went, once it has. */
  get gone(): AgentLeft | undefined {
    return this.#departure.left;
  }

  /** Resolves when the last agent went. */
  get left(): Promise<AgentLeft> {
    return this.#left.promise;
  }

  /** Who was there before us comes in no event. */
  seeThoseAlreadyThere(): void {
    for (const participant of this.#room.remoteParticipants.values()) {
      this.#see(participant);
    }
  }

  callerDisconnected(): void {
    this.#departure.callerDisconnected(performance.now());
    this.#tellIfGone();
  }

  readonly #see = (participant: RemoteParticipant): void => {
    if (!isAgent(participant)) {
      return;
    }
    this.#departure.agentSeen();
    if (!this.#identities.includes(participant.identity)) {
      this.#identities.push(participant.identity);
    }
    this.#readAttributes(participant.identity);
  };

  readonly #miss = (participant: RemoteParticipant): void => {
    if (isAgent(participant)) {
      this.#departure.agentMissed(performance.now());
      setTimeout(this.#decideWhetherGone, SETTLE_MS);
    }
  };

  readonly #decideWhetherGone = (): void => {
    if (performance.now() < this.#returningUntilMs) {
      return;
    }
    this.#departure.decide({
      // `room.isConnected` is true while it reconnects.
      isConnected: this.#room.connectionState === rtc.ConnectionState.CONN_CONNECTED,
      agentIsThere: [...this.#room.remoteParticipants.values()].some(isAgent),
    });
    this.#tellIfGone();
  };

  #tellIfGone(): void {
    if (this.#departure.left !== undefined) {
      this.#left.resolve(this.#departure.left);
      this.#waiters.changed();
    }
  }

  /** Only the first agent's attributes: a second agent shows in `identities`. */
  #readAttributes(identity: string): void {
    const participant = this.#room.remoteParticipants.get(identity);
    if (participant === undefined || identity !== this.#identities[0]) {
      return;
    }
    const atMs = performance.now();
    for (const [name, value] of Object.entries(participant.attributes)) {
      if (this.#attributes[name] !== value) {
        this.#changes.push({ name, value, atMs });
      }
    }
    this.#attributes = { ...participant.attributes };
    this.#waiters.changed();
  }
}

/** Whether a participant is an agent, as the server says. */
export function isAgent(participant: RemoteParticipant): boolean {
  return participant.kind === rtc.ParticipantKind.AGENT;
}
