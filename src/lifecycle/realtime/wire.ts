import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { ConnectionError } from './connection-error.js';
import { readRefusal } from './refusal.js';
import { fromClose, fromSocket } from './service-errors.js';

/** A cut socket is gone in the next turn of the event loop; this is for a loop that is blocked. */
const GONE_DEADLINE_MS = 1_000;

export interface ConnectionRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What happens on a wire. `text` is undefined for a binary frame, which the protocol does not know. */
export interface WireListener {
  opened?(): void;
  frame(text: string | undefined): void;
  pong?(): void;
  /** The wire is dead, or dying; told once. */
  ended(error: ConnectionError): void;
}

/** An open connection, as whoever uses it sees it. */
export interface OpenWire {
  /** Hands the wire over. What was kept is delivered at once; `undefined` keeps again. */
  listen(listener: WireListener | undefined): void;
  send(text: string): void;
  ping(): void;
  /** Cuts the connection; resolves when the socket is gone. */
  cut(): Promise<void>;
  /** Says goodbye, and cuts when no answer comes within `graceMs`; resolves when the socket is gone. */
  close(graceMs: number): Promise<void>;
}

/**
 * One WebSocket, with all its listeners from the first tick to the last: an error never finds none (realtime-faults
 * facts, K3). What arrives before anybody listens is kept (U6).
 */
export class Wire implements OpenWire {
  readonly #ws: WebSocket;
  readonly #gone: Promise<unknown>;
  #listener: WireListener | undefined;
  #kept: (string | undefined)[] = [];
  #ended: ConnectionError | undefined;
  #when = 'before it opened';

  /** @param maxFrameBytes a longer frame ends the connection before it is held in memory */
  constructor({ url, headers }: ConnectionRequest, maxFrameBytes: number) {
    this.#ws = new WebSocket(url, {
      headers,
      maxPayload: maxFrameBytes,
      // Audio does not compress, and zlib contexts cost memory for each connection.
      perMessageDeflate: false,
    });
    this.#gone = new Promise((resolve) => this.#ws.once('close', resolve));
    this.#ws
      .on('error', (error) => this.#end(fromSocket(error)))
      .on('close', (code, reason) => this.#end(fromClose(code, reason.toString(), this.#when)))
      .on('unexpected-response', (_request, response: IncomingMessage) => {
        void readRefusal(response).then((error) => {
          this.#end(error);
          this.#ws.terminate();
        });
      })
      .on('open', () => {
        this.#when = 'by the service';
        this.#listener?.opened?.();
      })
      .on('pong', () => this.#listener?.pong?.())
      .on('message', (data, isBinary) => {
        const text = isBinary || !Buffer.isBuffer(data) ? undefined : data.toString();
        if (this.#listener) {
          this.#listener.frame(text);
        } else {
          this.#kept.push(text);
        }
      });
  }

  listen(listener: WireListener | undefined): void {
    this.#listener = listener;
    for (const text of listener ? this.#kept.splice(0) : []) {
      listener?.frame(text);
    }
    if (this.#ended) {
      listener?.ended(this.#ended);
    }
  }

  /** Keeps a frame for whoever listens next. */
  keep(text: string): void {
    this.#kept.push(text);
  }

  send(text: string): void {
    // What cannot be sent is lost with the connection, which is reported on its own.
    this.#ws.send(text, () => undefined);
  }

  ping(): void {
    if (this.#ws.readyState === WebSocket.OPEN) {
      this.#ws.ping(undefined, undefined, () => undefined);
    }
  }

  async cut(): Promise<void> {
    this.#listener = undefined;
    this.#ws.terminate();
    await this.#goneWithin(GONE_DEADLINE_MS);
  }

  async close(graceMs: number): Promise<void> {
    this.#listener = undefined;
    this.#ws.close(1000);
    await this.#goneWithin(graceMs);
    await this.cut();
  }

  async #goneWithin(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.#gone, late]);
    clearTimeout(timer);
  }

  #end(error: ConnectionError): void {
    if (!this.#ended) {
      this.#ended = error;
      this.#listener?.ended(error);
    }
  }
}
