import type { Connection } from '../connection.js';
import type { TurnDetection } from '../protocol/session-settings.js';

/** `idle_timeout_ms`: counted from the end of a reply's playback, ended by the caller's speech. */
export class IdleTimeout {
  readonly #connection: Connection;
  readonly #onTimeout: (idleMs: number) => void;
  #cancel: (() => void) | undefined;

  constructor(connection: Connection, onTimeout: (idleMs: number) => void) {
    this.#connection = connection;
    this.#onTimeout = onTimeout;
  }

  start(detection: TurnDetection | null, playbackMs: number): void {
    this.stop();
    const idleMs = detection?.type === 'server_vad' ? detection.idle_timeout_ms : null;
    if (idleMs !== null) {
      this.#cancel = this.#connection.later(playbackMs + idleMs, () => this.#onTimeout(idleMs));
    }
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
