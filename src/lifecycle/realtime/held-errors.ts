import type { EventEmitter } from 'node:events';
import { safely } from './safely.js';

/**
 * A session's `error` events, none of which may be lost or thrown: an emitter without a listener throws, and that
 * ends the plugin's main loop (realtime-faults facts, U9). The socket opens before AgentSession listens, so what
 * comes too early waits for its first listener.
 */
export class HeldErrors {
  readonly #session: EventEmitter;
  #held: unknown[] = [];

  constructor(session: EventEmitter) {
    this.#session = session;
    session.on('newListener', (event) => {
      if (event === 'error') {
        queueMicrotask(() => this.#release());
      }
    });
  }

  tell(error: unknown): void {
    this.#held.push(error);
    this.#release();
  }

  #release(): void {
    if (this.#session.listenerCount('error') === 0) {
      return;
    }
    for (const error of this.#held.splice(0)) {
      for (const listener of this.#session.listeners('error')) {
        safely('a listener for errors of the model', () => {
          Reflect.apply(listener, this.#session, [error]);
        });
      }
    }
  }
}
