import type { Room, TextStreamReader } from 'livekit-client';

const TOPIC = 'lk.transcription';
const FINAL = 'lk.transcription_final';
const SEGMENT = 'lk.segment_id';

/** What one side said, or is saying. */
export interface Line {
  readonly id: string;
  readonly speaker: 'agent' | 'caller';
  readonly text: string;
  readonly finished: boolean;
  /** Written, not said. */
  readonly typed?: boolean;
}

/**
 * What both sides say, while they say it. Ours, and not `useTranscriptions`: that forgets everything when the call ends,
 * does not tell when a line is finished, and turns a line that was cut into an error nobody catches.
 */
export class Transcript {
  #lines: readonly Line[];
  readonly #changed: () => void;

  /** @param lines from before the page was loaded anew */
  constructor(changed: () => void, lines: readonly Line[] = []) {
    this.#changed = changed;
    this.#lines = lines.map((line) => ({ ...line, finished: true }));
  }

  get lines(): readonly Line[] {
    return this.#lines;
  }

  listen(room: Room): void {
    room.registerTextStreamHandler(TOPIC, (reader, { identity }) => {
      const speaker = identity === room.localParticipant.identity ? 'caller' : 'agent';
      void this.#read(reader, speaker);
    });
  }

  /** What the caller has written. */
  add(text: string): void {
    this.#put({
      id: crypto.randomUUID(),
      speaker: 'caller',
      text,
      finished: true,
      typed: true,
    });
  }

  /** The agent's streams grow while it speaks; each of the caller's is a whole text that replaces the last. */
  async #read(reader: TextStreamReader, speaker: Line['speaker']): Promise<void> {
    const { id, attributes = {} } = reader.info;
    const line = { id: `${speaker}-${attributes[SEGMENT] ?? id}`, speaker };
    let text = '';
    try {
      for await (const chunk of reader) {
        text += chunk;
        this.#put({ ...line, text, finished: false });
      }
    } catch {
      // Cut off with the one who spoke: what was said until then was said.
    }
    if (speaker === 'agent' || attributes[FINAL] === 'true') {
      this.#put({ ...line, text, finished: true });
    }
  }

  #put(line: Line): void {
    if (line.text.trim() === '') {
      return;
    }
    const known = this.#lines.some(({ id }) => id === line.id);
    this.#lines = known
      ? this.#lines.map((one) => (one.id === line.id ? line : one))
      : [...this.#lines, line];
    this.#changed();
  }
}
