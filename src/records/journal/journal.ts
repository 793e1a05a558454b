import { dirname } from 'node:path';
import { Lease } from '../keeper/lease.js';
import type { JournalEntry, NewEntry, Utterance } from './entry.js';
import { LineFile } from './line-file.js';
import { journalFile } from './path.js';
import { readJournal } from './read-journal.js';
import { Transcript } from './transcript.js';

/** What must survive the machine, not only the process. */
const SYNCED: ReadonlySet<NewEntry['type']> = new Set(['call', 'utterance', 'report', 'outcome']);

export interface JournalOptions {
  /** Folder under which every call has its own. */
  readonly dataDir: string;
  /** LiveKit's job id. */
  readonly callId: string;
  /** Told of the first write that failed, and of no other: a full disk fails on every sentence. */
  onWriteError(error: unknown): void;
  /** Takes out of a line what must not be recorded. */
  readonly redact?: (line: string) => string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * What happened in one call, written down as it happens. A journal never fails a call: what cannot be written
 * is counted, told once, and still remembered until the call ends. While it is open, a lease says that its process lives.
 */
export class Journal {
  readonly file: string;
  readonly #options: JournalOptions;
  readonly #transcript = new Transcript();
  #lines: LineFile | undefined;
  #lease: Lease | undefined;
  #last: Promise<void> = Promise.resolve();
  readonly #followers = new Set<(line: string) => void>();
  #seq = 0;
  #failedWrites = 0;
  #closed = false;

  private constructor(options: JournalOptions) {
    this.#options = options;
    this.file = journalFile(options.dataDir, options.callId);
  }

  /**
   * Opens the journal of a call. One that exists is continued: a job can be given to a second worker.
   *
   * @throws RangeError when the call id cannot name a folder; nothing else throws.
   */
  static async open(options: JournalOptions): Promise<Journal> {
    const journal = new Journal(options);
    journal.#lease = await Lease.take(dirname(journal.file));
    try {
      const { entries, endsTorn } = await readJournal(journal.file);
      journal.#seq = entries.at(-1)?.seq ?? 0;
      entries.forEach((entry) => journal.#transcript.add(entry));
      journal.#lines = await LineFile.open(journal.file, endsTorn);
    } catch (error) {
      journal.#writeFailed(error);
    }
    return journal;
  }

  /** How many entries could not be written. */
  get failedWrites(): number {
    return this.#failedWrites;
  }

  /** Both sides so far, in the order in which they began to speak. */
  get utterances(): readonly Utterance[] {
    return this.#transcript.utterances;
  }

  /** Writes one entry down. Returns at once, and never throws; after `close` it does nothing. */
  append(entry: NewEntry): void {
    if (this.#closed) {
      return;
    }
    this.#seq += 1;
    const at = new Date(this.#options.now?.() ?? Date.now()).toISOString();
    const written: JournalEntry = { seq: this.#seq, at, ...entry };
    this.#transcript.add(written);
    const line = this.#redacted(written);
    this.#followers.forEach((follower) => follower(line));
    if (this.#lines === undefined) {
      this.#failedWrites += 1;
      return;
    }
    const synced = SYNCED.has(entry.type);
    this.#last = this.#lines
      .append(line, { synced })
      .catch((error: unknown) => this.#writeFailed(error));
  }

  /**
   * Tells of every line from now on, as it is written: JSON, redacted.
   *
   * @param follower must not throw
   * @returns how to stop
   */
  follow(follower: (line: string) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** Waits until everything is written, closes the file, and gives the folder free. Closing twice is closing once. */
  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#last = (
        this.#lines?.close().catch((error: unknown) => this.#writeFailed(error)) ?? this.#last
      ).then(() => this.#lease?.release());
    }
    await this.#last;
  }

  #redacted(entry: JournalEntry): string {
    const line = JSON.stringify(entry);
    return this.#options.redact?.(line) ?? line;
  }

  #writeFailed(error: unknown): void {
    this.#failedWrites += 1;
    if (this.#failedWrites === 1) {
      this.#options.onWriteError(error);
    }
  }
}
