import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

/** Lines kept in memory. A log file, when one is given, keeps everything. */
const KEPT_LINES = 20_000;

/** What one process has printed: the last lines in memory, and all of them in a file when one is given. */
export class Output {
  readonly #lines: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();
  readonly #file: WriteStream | undefined;

  constructor(logFile?: string) {
    if (logFile !== undefined) {
      mkdirSync(dirname(logFile), { recursive: true });
      this.#file = createWriteStream(logFile, { flags: 'w', mode: 0o600 });
      // A full disk must not end the run: the lines are in memory too.
      this.#file.on('error', () => undefined);
    }
  }

  /** Splits a stream into lines. Only "\n" ends one: JSON may hold any other separator. */
  read(stream: NodeJS.ReadableStream): void {
    const decoder = new StringDecoder('utf8');
    let unfinished = '';
    stream.on('data', (chunk: Buffer) => {
      const parts = (unfinished + decoder.write(chunk)).split('\n');
      unfinished = parts.pop() ?? '';
      parts.forEach((line) => this.add(line.endsWith('\r') ? line.slice(0, -1) : line));
    });
    stream.on('end', () => {
      if (unfinished !== '') {
        this.add(unfinished);
        unfinished = '';
      }
    });
  }

  /** Adds one line and tells the listeners. */
  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) {
      this.#lines.shift();
    }
    this.#file?.write(`${line}\n`);
    for (const listener of this.#listeners) {
      listener(line);
    }
  }

  /** The kept lines, oldest first. */
  lines(): readonly string[] {
    return this.#lines;
  }

  /** The last `count` lines, indented for an error message. */
  tail(count = 20): string {
    const lines = this.#lines.slice(-count);
    return lines.length === 0
      ? '    (it printed nothing)'
      : lines.map((l) => `    ${l}`).join('\n');
  }

  /** Calls `listener` with each line to come. Returns how to stop that. */
  onLine(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Ends the log file. Lines that still come are kept in memory only. */
  close(): void {
    this.#file?.end();
  }
}
