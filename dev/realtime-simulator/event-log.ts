import { closeSync, openSync, writeSync } from 'node:fs';

/** One event as the simulator saw it; audio is replaced by its length. */
export interface SeenEvent {
  readonly connection: string;
  readonly direction: 'in' | 'out';
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly type: string;
  readonly event: unknown;
  /** Sent by a fault: not the protocol. Absent otherwise. */
  readonly injected?: true;
  /** Sent by the client, and not understood. Absent otherwise. */
  readonly refused?: true;
}

/** Older events are forgotten: a simulator may run for days. */
const keptEvents = 20_000;

/**
 * Every event of every connection. Kept in memory without audio, and, when a file is given, appended to it in full
 * as JSON lines, one write a line so that several simulators may share a file.
 */
export class EventLog {
  readonly #file: number | undefined;
  #seen: SeenEvent[] = [];

  constructor(path?: string) {
    this.#file = path === undefined ? undefined : openSync(path, 'a');
  }

  /** Notes an HTTP request; it is no event, and stays out of the file. */
  recordRequest(entry: SeenEvent): void {
    this.#seen.push({ ...entry, event: withoutAudio(entry.event) });
    if (this.#seen.length > keptEvents * 1.1) {
      this.#seen = this.#seen.slice(-keptEvents);
    }
  }

  record(entry: SeenEvent): void {
    this.recordRequest(entry);
    if (this.#file !== undefined) {
      writeSync(this.#file, `${JSON.stringify(entry)}\n`);
    }
  }

  /** The events seen, oldest first, of one connection and of some types if those are given. */
  events(filter: { connection?: string; types?: readonly string[] } = {}): SeenEvent[] {
    return this.#seen.filter(
      (entry) =>
        (filter.connection === undefined || entry.connection === filter.connection) &&
        (filter.types === undefined || filter.types.includes(entry.type)),
    );
  }

  clear(): void {
    this.#seen = [];
  }

  close(): void {
    if (this.#file !== undefined) {
      closeSync(this.#file);
    }
  }
}

/** Copies an event with its base64 replaced by `<N characters>`; a long text stays as it is. */
function withoutAudio(event: unknown): unknown {
  if (typeof event !== 'object' || event === null) {
    return event;
  }
  const type: unknown = Reflect.get(event, 'type');
  const key = type === 'input_audio_buffer.append' ? 'audio' : 'delta';
  const value: unknown = Reflect.get(event, key);
  const holdsAudio = key === 'audio' || type === 'response.output_audio.delta';
  // A session or an item goes on changing after it was sent: keep what was said then.
  return holdsAudio && typeof value === 'string'
    ? { ...event, [key]: `<${value.length} characters>` }
    : structuredClone(event);
}
