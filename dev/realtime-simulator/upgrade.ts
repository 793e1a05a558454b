import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { ConnectionRecord } from './connection-record.js';
import { Connection } from './connection.js';
import type { Connections } from './connections.js';
import type { EventLog } from './event-log.js';
import type { ConnectionFaults, FaultController } from './faults/controller.js';
import type { HandshakeTrouble } from './faults/fault.js';
import { betaRetired } from './protocol/errors.js';
import { answerRaw, hasKey, refuseUpgrade, wrongKey } from './refusal.js';
import { runUntilClosed } from './session/pace.js';
import type { Services } from './session/services.js';
import { Session } from './session/session.js';

interface Parts {
  readonly apiKey: string;
  readonly maxSessionMs: number;
  readonly services: Services;
  readonly connections: Connections;
  readonly faults: FaultController;
  readonly log: EventLog;
}

/** Opens sessions on upgrade requests: the key, the path, the faults of the handshake, then the session. */
export class Upgrades {
  readonly #parts: Parts;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 16 * 1024 * 1024 });
  /** Handshakes under way; destroyed when the simulator stops. */
  readonly #pending = new Set<Duplex>();
  readonly #stopped = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Listener for the HTTP server's `upgrade` event. */
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined); // The client went away; 'close' follows.
    this.#pending.add(socket);
    socket.once('close', () => this.#pending.delete(socket));
    runUntilClosed(this.#upgrade(request, socket, head));
  }

  /** Cuts every handshake that is under way; nothing opens any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    const closing = [...this.#pending].map(async (socket) => {
      const closed = once(socket, 'close');
      socket.destroy();
      await closed;
    });
    await Promise.all(closing);
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { connections, faults, services } = this.#parts;
    const url = new URL(request.url ?? '/', 'http://simulator');
    const record = connections.newAttempt(url.pathname, request.headers['user-agent'] ?? '');
    socket.once('close', () => {
      record.closedAt ??= Date.now();
    });
    const connectionFaults = faults.forHandshake(record.id);
    const { pace } = services;
    await pace.wait(pace.latencies.handshakeMs, this.#stopped.signal);
    for (const trouble of connectionFaults.handshake) {
      if (await this.#isLost(trouble, record, socket)) {
        return;
      }
    }
    if (socket.destroyed || this.#refuses(request, url, record, socket)) {
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#pending.delete(socket);
      const connection = new Connection(webSocket, record, this.#parts.log, socket);
      connections.opened(connection);
      this.#serve(connection, connectionFaults, request, url);
    });
  }

  #serve(
    connection: Connection,
    faults: ConnectionFaults,
    request: IncomingMessage,
    url: URL,
  ): void {
    if (String(request.headers['openai-beta'] ?? '').includes('realtime=v1')) {
      connection.sendError(betaRetired);
      connection.close(4000, 'invalid_request_error.beta_api_shape_disabled');
      return;
    }
    faults.startOn(connection);
    Session.open(connection, this.#parts.services, url, this.#parts.maxSessionMs);
  }

  /** Lets a fault have the handshake. Answers whether that was its end. */
  async #isLost(
    trouble: HandshakeTrouble,
    record: ConnectionRecord,
    socket: Duplex,
  ): Promise<boolean> {
    switch (trouble.kind) {
      case 'reject':
        record.refusedWith = trouble.status;
        refuseUpgrade(socket, trouble.status, trouble.error, trouble.retryAfterSeconds);
        return true;
      case 'hang':
        return true;
      case 'reset':
        socket.destroy();
        return true;
      case 'raw':
        runUntilClosed(answerRaw(socket, trouble, this.#stopped.signal));
        return true;
      case 'delay':
        await this.#parts.services.pace.wait(trouble.ms, this.#stopped.signal);
        return false;
    }
  }

  #refuses(request: IncomingMessage, url: URL, record: ConnectionRecord, socket: Duplex): boolean {
    const { authorization, 'api-key': apiKey } = request.headers;
    // A base URL that ends in a slash gives `/v1//realtime`.
    if (!/^(\/+(openai\/+)?v1)?\/+realtime\/*$/.test(url.pathname)) {
      const message = `Invalid URL (GET ${url.pathname})`;
      const error = { type: 'invalid_request_error', code: null, message, param: null };
      record.refusedWith = 404;
      refuseUpgrade(socket, 404, error);
      return true;
    }
    if (!hasKey({ authorization, apiKey }, this.#parts.apiKey)) {
      record.refusedWith = 401;
      refuseUpgrade(socket, 401, wrongKey);
      return true;
    }
    return false;
  }
}
