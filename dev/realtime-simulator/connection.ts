import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { ConnectionRecord } from './connection-record.js';
import type { EventLog } from './event-log.js';
import type { FaultHooks, FaultTarget, Undo } from './faults/fault.js';
import type { OpenConnection } from './faults/controller.js';
import { closeFrame, mayBeSent } from './faults/frame-bytes.js';
import { Impairable } from './impairable.js';
import type { ErrorBody } from './protocol/errors.js';
import { newId } from './protocol/ids.js';
import type { ServerEvent } from './protocol/server-events.js';

/** One open socket: sends and receives events, logs both, and lets faults have their way with it. */
export class Connection extends Impairable implements FaultTarget, OpenConnection {
  readonly #socket: WebSocket;
  readonly #raw: Duplex;
  readonly #log: EventLog;
  readonly #closed = new AbortController();
  readonly #undos = new Set<Undo>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly record: ConnectionRecord;

  /** @param raw what `socket` runs on */
  constructor(socket: WebSocket, record: ConnectionRecord, log: EventLog, raw: Duplex) {
    super();
    this.#socket = socket;
    this.#raw = raw;
    this.#log = log;
    this.record = record;
    record.openedAt = Date.now();
    socket.on('error', () => undefined); // A broken frame of the client: 'close' follows.
    socket.once('close', (code, reason) => this.#onClose(code, reason.toString()));
  }

  get id(): string {
    return this.record.id;
  }

  /** Aborted when the connection has closed; every wait on its behalf ends with it. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** Hands each frame from the client to `handle`, unless a fault keeps it. */
  onFrame(handle: (text: string) => void): void {
    this.#socket.on('message', (data) => {
      // Never fragments or array buffers: that is how the server was set up.
      if (Buffer.isBuffer(data)) {
        handle(data.toString('utf8'));
      }
    });
  }

  /** Notes what the client sent. Answers whether it may be handled. */
  received(type: string, event: unknown, refused: boolean): boolean {
    this.#count('in', type);
    this.#log.record({
      connection: this.id,
      direction: 'in',
      at: Date.now(),
      type,
      event,
      ...(refused && { refused }),
    });
    return this.impairment.lets('in', type);
  }

  send(event: ServerEvent): void {
    if (this.#socket.readyState !== WebSocket.OPEN || !this.impairment.lets('out', event.type)) {
      return;
    }
    const named = { event_id: newId('event'), ...event };
    const altered = this.impairment.altered(event.type, named);
    if (altered !== undefined) {
      altered.forEach((other) => this.sendFrame(JSON.stringify(other)));
      return;
    }
    const frame = JSON.stringify(named);
    this.impairment.deliver(() => {
      this.#record(event.type, named);
      this.#socket.send(frame);
    });
  }

  sendError(error: ErrorBody, clientEventId: string | null = null): void {
    this.send({ type: 'error', error: { ...error, event_id: clientEventId } });
  }

  sendFrame(frame: string | Buffer): void {
    if (this.#socket.readyState === WebSocket.OPEN) {
      const at = Date.now();
      const event = `<${frame.length} ${typeof frame === 'string' ? 'characters' : 'bytes'}>`;
      const entry = { connection: this.id, direction: 'out', at, type: 'frame', event } as const;
      this.#log.record({ ...entry, injected: true });
      this.#socket.send(frame);
    }
  }

  sendBytes(bytes: Buffer): void {
    if (this.#socket.readyState === WebSocket.OPEN) {
      this.#raw.write(bytes);
    }
  }

  close(code: number, reason: string): void {
    this.#endedByUs(code, reason);
    if (mayBeSent(code)) {
      this.#socket.close(code, reason);
    } else {
      this.sendBytes(closeFrame(code, reason));
    }
  }

  terminate(): void {
    this.#endedByUs(1006, '');
    this.#socket.terminate();
  }

  reset(): void {
    this.#endedByUs(1006, '');
    if (this.#raw instanceof Socket) {
      this.#raw.resetAndDestroy();
    }
  }

  freeze(): Undo {
    this.#socket.pause();
    const unmute = this.mute();
    return () => {
      unmute();
      this.#socket.resume();
    };
  }

  later(ms: number, act: () => void): Undo {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  startFault(hooks: FaultHooks): void {
    const undo = hooks.start?.(this);
    if (undo !== undefined) {
      this.#undos.add(undo);
    }
  }

  endFaults(): void {
    for (const undo of this.#undos) {
      undo();
    }
    this.#undos.clear();
  }

  #record(type: string, event: unknown): void {
    this.#count('out', type);
    this.#log.record({ connection: this.id, direction: 'out', at: Date.now(), type, event });
  }

  #count(direction: 'in' | 'out', type: string): void {
    const counts = this.record.events[direction];
    counts[type] = (counts[type] ?? 0) + 1;
  }

  #endedByUs(code: number, reason: string): void {
    if (this.record.closedBy === null) {
      Object.assign(this.record, { closedBy: 'simulator', closeCode: code, closeReason: reason });
    }
  }

  #onClose(code: number, reason: string): void {
    const { record } = this;
    record.closedAt = Date.now();
    if (record.closedBy === null) {
      record.closedBy = code === 1006 ? 'network' : 'client';
      record.closeCode = code;
      record.closeReason = reason;
    }
    this.#undos.clear();
    for (const timer of this.#timers) {
      clearTimeout(timer);
    }
    this.#timers.clear();
    this.#closed.abort();
  }
}
