/** How the agent went: it left the room, or the room ended for the caller. */
export interface AgentLeft {
  readonly how: 'agent-left' | 'caller-disconnected';
  /** In `performance.now()`. */
  readonly atMs: number;
}

/** The room, as the caller's connection sees it now. */
export interface RoomView {
  /** Connected, and not just reconnecting. */
  readonly isConnected: boolean;
  readonly agentIsThere: boolean;
}

/**
 * Decides when an agent has really left. When the caller's own connection is built anew, everybody seems to leave a
 * moment before it says that it is reconnecting (measured: the next event), and comes back with it.
 */
export class Departure {
  #awaySinceMs: number | undefined;
  #left: AgentLeft | undefined;

  /** How the agent left, once it has. */
  get left(): AgentLeft | undefined {
    return this.#left;
  }

  agentSeen(): void {
    this.#awaySinceMs = undefined;
  }

  /** To be followed by `decide`, a moment later and again after a reconnect. */
  agentMissed(atMs: number): void {
    this.#awaySinceMs ??= atMs;
  }

  decide({ isConnected, agentIsThere }: RoomView): void {
    if (this.#awaySinceMs !== undefined && isConnected && !agentIsThere) {
      this.#left ??= { how: 'agent-left', atMs: this.#awaySinceMs };
    }
  }

  /** The room ended for the caller: whoever was there cannot be seen any more. */
  callerDisconnected(atMs: number): void {
    this.#left ??= { how: 'caller-disconnected', atMs };
  }
}
