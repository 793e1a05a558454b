import type { RemoteParticipant, Room } from '@livekit/rtc-node';
import { rtc } from './rtc.js';
import { deferred, type Waiters } from './waiters.js';

/** One change of one attribute of the agent. */
export interface AttributeChange {
  readonly name: string;
  readonly value: string;
  /** In `performance.now()`. */
  readonly atMs: number;
}

/** How the agent went: it left the room, or the room ended for the caller. */
export interface AgentLeft {
  readonly how: 'agent-left' | 'caller-disconnected';
  /** In `performance.now()`. */
  readonly atMs: number;
}

/**
 * When the caller's own connection is built anew, everybody seems to leave the room a moment before it says that it
 * is reconnecting (measured: the next event). Only who is still away after this has left.
 */
const SETTLE_MS = 200;

/** Follows the agent in a room: who it is, what it publishes about itself, when it leaves. */
export class AgentPresence {
  readonly #room: Room;
  readonly #waiters: Waiters;
  readonly #identities: string[] = [];
  readonly #changes: AttributeChange[] = [];
  readonly #left = deferred<AgentLeft>();
  #attributes: Readonly<Record<string, string>> = {};
  #awaySinceMs: number | undefined;
  #gone: AgentLeft | undefined;

  /** Attach it before the room is joined, so nothing is missed. The room's owner removes the listeners. */
  constructor(room: Room, waiters: Waiters) {
    this.#room = room;
    this.#waiters = waiters;
    room.on(rtc.RoomEvent.ParticipantConnected, this.#see);
    room.on(rtc.RoomEvent.ParticipantDisconnected, this.#miss);
    room.on(rtc.RoomEvent.ParticipantAttributesChanged, (_changed, participant) =>
      this.#readAttributes(participant.identity),
    );
    room.on(rtc.RoomEvent.Reconnected, this.#decideWhetherGone);
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
    return this.#gone;
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
    this.#go({ how: 'caller-disconnected', atMs: performance.now() });
  }

  readonly #see = (participant: RemoteParticipant): void => {
    if (!isAgent(participant)) {
      return;
    }
    this.#awaySinceMs = undefined;
    if (!this.#identities.includes(participant.identity)) {
      this.#identities.push(participant.identity);
    }
    this.#readAttributes(participant.identity);
  };

  readonly #miss = (participant: RemoteParticipant): void => {
    if (isAgent(participant) && this.#awaySinceMs === undefined) {
      this.#awaySinceMs = performance.now();
      setTimeout(this.#decideWhetherGone, SETTLE_MS);
    }
  };

  readonly #decideWhetherGone = (): void => {
    const someAgentIsThere = [...this.#room.remoteParticipants.values()].some(isAgent);
    if (this.#awaySinceMs !== undefined && this.#room.isConnected && !someAgentIsThere) {
      this.#go({ how: 'agent-left', atMs: this.#awaySinceMs });
    }
  };

  #go(gone: AgentLeft): void {
    this.#gone ??= gone;
    this.#left.resolve(this.#gone);
    this.#waiters.changed();
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
