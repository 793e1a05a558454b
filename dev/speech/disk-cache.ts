import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Pcm } from './wav.js';

const MAGIC = 'SPEECH1\n';
const HEADER_BYTES = MAGIC.length + 4 + 32;
const MAX_FILES = 500;
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * Speech kept between runs, one file a text: magic, rate, SHA-256 of the samples, samples.
 * A cache and nothing more: a missing, damaged or unwritable file costs a synthesis, never an error.
 */
export class DiskCache {
  readonly #folder: string;
  #pruned = false;

  constructor(folder = defaultFolder()) {
    this.#folder = folder;
  }

  async read(key: string): Promise<Pcm | undefined> {
    const file = await readFile(this.#fileOf(key)).catch(() => undefined);
    if (
      file === undefined ||
      file.length < HEADER_BYTES ||
      file.toString('latin1', 0, 8) !== MAGIC
    ) {
      return undefined;
    }
    const samples = Uint8Array.from(file.subarray(HEADER_BYTES));
    if (!sha256(samples).equals(file.subarray(MAGIC.length + 4, HEADER_BYTES))) {
      return undefined;
    }
    return { samples: new Int16Array(samples.buffer), sampleRate: file.readUInt32LE(MAGIC.length) };
  }

  /** Written under a name of its own and renamed: nobody ever reads half a file. */
  async write(key: string, { samples, sampleRate }: Pcm): Promise<void> {
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    const rate = Buffer.alloc(4);
    rate.writeUInt32LE(sampleRate);
    const temporary = path.join(this.#folder, `${randomUUID()}.tmp`);
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(temporary, Buffer.concat([Buffer.from(MAGIC), rate, sha256(bytes), bytes]));
      await rename(temporary, this.#fileOf(key));
      await this.#pruneOnce();
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  /** Once a process: drops the oldest beyond the limit, and what a killed process left half written. */
  async #pruneOnce(): Promise<void> {
    if (this.#pruned) {
      return;
    }
    this.#pruned = true;
    const names = await readdir(this.#folder);
    const files = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.#folder, name);
        return { file, changedMs: (await stat(file)).mtimeMs };
      }),
    );
    const oldestFirst = files.sort((one, other) => one.changedMs - other.changedMs);
    const tooMany = new Set(oldestFirst.slice(0, Math.max(0, oldestFirst.length - MAX_FILES)));
    for (const entry of oldestFirst) {
      const abandoned =
        entry.file.endsWith('.tmp') && Date.now() - entry.changedMs > ABANDONED_AFTER_MS;
      if (abandoned || tooMany.has(entry)) {
        await rm(entry.file, { force: true });
      }
    }
  }

  #fileOf(key: string): string {
    return path.join(this.#folder, `${sha256(Buffer.from(key)).toString('hex').slice(0, 32)}.pcm`);
  }
}

function defaultFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  const absolute = base !== undefined && path.isAbsolute(base);
  return path.join(absolute ? base : path.join(homedir(), '.cache'), 'steadfast', 'speech');
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
