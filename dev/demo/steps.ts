/** Where a step may say how far it is. */
export type Note = (text: string) => void;

/** A stream a person reads. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Off a terminal every note is a line of its own, so there are fewer of them. */
const NOTE_EVERY_MS = 5000;

/** Shows one step after the other: what is going on, and how long each took. */
export class Steps {
  readonly #screen: Screen;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Does one step of the start, showing its notes meanwhile; `result` says in a few words what came of it. */
  async run<T>(
    title: string,
    work: (note: Note) => Promise<T>,
    result: (value: T) => string,
  ): Promise<T> {
    const startedAt = performance.now();
    const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    const note = this.#notes(title);
    note('…');
    try {
      const value = await work(note);
      this.#finish(`  ✓ ${title}: ${result(value)} (${seconds()})`);
      return value;
    } catch (error) {
      this.#finish(`  ✗ ${title} (${seconds()})`);
      throw error;
    }
  }

  /** One line or more for the person. */
  say(text: string): void {
    this.#screen.write(`${text}\n`);
  }

  #notes(title: string): Note {
    const onTerminal = this.#screen.isTTY === true;
    let quietUntil = performance.now() + NOTE_EVERY_MS;
    return (text) => {
      if (onTerminal) {
        this.#screen.write(`\r\u001b[2K  ${title}: ${text}`);
      } else if (performance.now() >= quietUntil) {
        quietUntil = performance.now() + NOTE_EVERY_MS;
        this.#screen.write(`    ${title}: ${text}\n`);
      }
    };
  }

  #finish(line: string): void {
    this.#screen.write(this.#screen.isTTY === true ? `\r\u001b[2K${line}\n` : `${line}\n`);
  }
}
