import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whoever may read a journal reads what a candidate said: the owner alone. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** A file that lines are appended to, strictly in the order of the calls, each by one write. */
export class LineFile {
  readonly #handle: FileHandle;
  #last: Promise<unknown> = Promise.resolve();
  /** The line before this one may be there in part: begin a new one. */
  #torn: boolean;

  private constructor(handle: FileHandle, torn: boolean) {
    this.#handle = handle;
    this.#torn = torn;
  }

  /** @param endsTorn the file's last line has no end yet */
  static async open(file: string, endsTorn = false): Promise<LineFile> {
    await mkdir(dirname(file), { recursive: true, mode: FOLDER_MODE });
    return new LineFile(await open(file, 'a', FILE_MODE), endsTorn);
  }

  /**
   * Settles when the line is with the operating system, where it survives this process; with `synced`, when
   * it is on the disk, where it survives the machine.
   */
  append(line: string, { synced = false }: { readonly synced?: boolean } = {}): Promise<void> {
    return this.#inOrder(async () => {
      const text = `${this.#torn ? '\n' : ''}${line}\n`;
      this.#torn = true;
      await this.#handle.appendFile(text);
      this.#torn = false;
      if (synced) {
        await this.#handle.datasync();
      }
    });
  }

  /** Waits for what was appended, and closes. */
  close(): Promise<void> {
    return this.#inOrder(() => this.#handle.close());
  }

  /** A step that fails is told to who asked for it; the next step runs all the same. */
  #inOrder(step: () => Promise<void>): Promise<void> {
    const done = this.#last.then(step);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
