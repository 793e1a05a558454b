import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';

/** Counts the sockets that this process has opened to one port, as the operating system would. */
export class ClientSockets {
  #port = 0;
  #open = 0;
  #peak = 0;

  get open(): number {
    return this.#open;
  }

  get peak(): number {
    return this.#peak;
  }

  watch(port: number): void {
    this.#port = port;
    subscribe('net.client.socket', this.#seen);
  }

  stop(): void {
    unsubscribe('net.client.socket', this.#seen);
  }

  readonly #seen = (message: unknown): void => {
    const socket =
      typeof message === 'object' && message !== null && 'socket' in message
        ? message.socket
        : undefined;
    if (!(socket instanceof Socket)) {
      return;
    }
    socket.once('connect', () => {
      if (socket.remotePort === this.#port) {
        this.#open += 1;
        this.#peak = Math.max(this.#peak, this.#open);
        socket.once('close', () => (this.#open -= 1));
      }
    });
  };
}
