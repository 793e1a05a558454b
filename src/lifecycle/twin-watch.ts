import type { JobContext } from '@livekit/agents';
import { ParticipantKind, RoomEvent } from '@livekit/rtc-node';

/**
 * Attribute of the agent's participant: when its worker took the job, in milliseconds since the epoch. It is in the
 * agent's token, so it is there whenever the participant is, also after LiveKit was restarted.
 */
export const ACCEPTED_AT = 'call.accepted';

/** LiveKit's own: the name by which a room asks for the agent. */
const AGENT_NAME = 'lk.agent_name';

/** An agent as the room shows it. */
export interface AgentInRoom {
  readonly identity: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Whether `other` was given the call before `mine`, and keeps it. Both sides answer alike, whoever asks: of two that
 * were taken in the same millisecond the one whose identity comes first in the alphabet is the older.
 */
export function isOlder(other: AgentInRoom, mine: AgentInRoom): boolean {
  const [theirs, ours] = [acceptedAt(other), acceptedAt(mine)];
  return theirs < ours || (theirs === ours && other.identity < mine.identity);
}

/** Agents that say nothing of it, as those of other builds, were there before. */
function acceptedAt({ attributes }: AgentInRoom): number {
  const written = attributes[ACCEPTED_AT];
  return written === undefined ? 0 : Number(written);
}

type TwinContext = Pick<JobContext, 'room' | 'job' | 'info'>;

/**
 * Watches for a second agent of our name in the room. LiveKit may dispatch a call twice when its server restarts, and
 * both agents would talk at once (self-hosting facts, 0.7). The younger one leaves.
 */
export class TwinWatch {
  readonly #ctx: TwinContext;
  readonly #leave: () => void;
  #isYounger = false;

  /** @param leave called once, when this agent is the younger one */
  constructor(ctx: TwinContext, leave: () => void) {
    this.#ctx = ctx;
    this.#leave = leave;
    ctx.room.on(RoomEvent.ParticipantConnected, this.#look);
    ctx.room.on(RoomEvent.ConnectionStateChanged, this.#look);
    ctx.room.on(RoomEvent.Reconnected, this.#look);
  }

  /** Whether this agent has to leave: then it tells the room nothing, for the call is not over. */
  get isYounger(): boolean {
    return this.#isYounger;
  }

  /** Removes the listeners. */
  release(): void {
    this.#ctx.room.off(RoomEvent.ParticipantConnected, this.#look);
    this.#ctx.room.off(RoomEvent.ConnectionStateChanged, this.#look);
    this.#ctx.room.off(RoomEvent.Reconnected, this.#look);
  }

  readonly #look = (): void => {
    const { room, job, info } = this.#ctx;
    const { identity, attributes } = info.acceptArguments;
    const mine = { identity, attributes: attributes ?? {} };
    // Without a name of its own an agent is sent into every room; it has no twin to be told from others.
    if (this.#isYounger || !room.isConnected || job.agentName === '') {
      return;
    }
    const twins = [...room.remoteParticipants.values()].filter(
      ({ kind, attributes: theirs }) =>
        kind === ParticipantKind.AGENT && theirs[AGENT_NAME] === job.agentName,
    );
    if (twins.some((twin) => isOlder(twin, mine))) {
      this.#isYounger = true;
      this.#leave();
    }
  };
}
