export interface HeartbeatOptions {
  /** Between two pings. */
  readonly pingMs: number;
  /** For the pong, or for anything else, to arrive. */
  readonly pongMs: number;
}

/** Together well under 7 s, by when a dead peer must be noticed (peers-under-faults facts, 7). */
export const DEFAULT_HEARTBEAT: HeartbeatOptions = { pingMs: 3_400, pongMs: 3_000 };

/** Notices that the machine behind an open connection has gone (realtime-faults facts, U7: half-open). */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #ping: () => void;
  readonly #dead: () => void;
  #pinging: NodeJS.Timeout | undefined;
  #waiting: NodeJS.Timeout | undefined;

  constructor(options: HeartbeatOptions, ping: () => void, dead: () => void) {
    this.#options = options;
    this.#ping = ping;
    this.#dead = dead;
    this.#pinging = setInterval(() => this.#beat(), options.pingMs);
  }

  /** Something arrived. */
  alive(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  stop(): void {
    clearInterval(this.#pinging);
    this.#pinging = undefined;
    this.alive();
  }

  #beat(): void {
    this.#waiting ??= setTimeout(() => {
      this.stop();
      this.#dead();
    }, this.#options.pongMs);
    this.#ping();
  }
}
