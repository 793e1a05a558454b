import { once } from 'node:events';
import { newRecord, type ConnectionRecord } from './connection-record.js';
import type { Connection } from './connection.js';

/** Closed connections are forgotten beyond this many: a client in a hot loop makes hundreds a second. */
const keptRecords = 5000;

/** Every attempt to connect, and the connections that are open. */
export class Connections {
  #count = 0;
  #peakOpen = 0;
  #records: ConnectionRecord[] = [];
  readonly #open = new Set<Connection>();

  /** Attempts so far, the failed ones too. */
  get attempts(): number {
    return this.#count;
  }

  /** The most that were open at once. */
  get peakOpen(): number {
    return this.#peakOpen;
  }

  /** Oldest first. */
  get open(): readonly Connection[] {
    return [...this.#open];
  }

  get records(): readonly ConnectionRecord[] {
    return this.#records;
  }

  newAttempt(path: string, userAgent: string): ConnectionRecord {
    const record = newRecord(`conn_${++this.#count}`, path, userAgent);
    this.#records.push(record);
    if (this.#records.length > keptRecords * 1.1) {
      this.#records = this.#records.slice(-keptRecords);
    }
    return record;
  }

  /** Keeps a connection until it closes. */
  opened(connection: Connection): void {
    this.#open.add(connection);
    this.#peakOpen = Math.max(this.#peakOpen, this.#open.size);
    connection.closed.addEventListener('abort', () => this.#open.delete(connection), {
      once: true,
    });
  }

  /** Cuts what is open, and waits until it has gone. */
  async terminate(): Promise<void> {
    const closing = this.open.map(async (connection) => {
      const closed = once(connection.closed, 'abort');
      connection.terminate();
      await closed;
    });
    await Promise.all(closing);
  }

  /** Cuts what is open, and forgets everything. */
  async reset(): Promise<void> {
    await this.terminate();
    this.#records = [];
    this.#count = 0;
    this.#peakOpen = 0;
  }
}
