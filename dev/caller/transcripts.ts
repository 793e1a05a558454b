import type { TextStreamReader } from '@livekit/rtc-node';
import type { Waiters } from './waiters.js';

/** The framework's topic and attributes for transcripts; see its constants.js. */
export const TRANSCRIPTION_TOPIC = 'lk.transcription';
const FINAL_ATTRIBUTE = 'lk.transcription_final';
const SEGMENT_ATTRIBUTE = 'lk.segment_id';

/** One finished utterance, as the agent published it. */
export interface TranscriptSegment {
  readonly id: string;
  readonly speaker: 'agent' | 'caller';
  readonly text: string;
  /** When its first stream opened, in `performance.now()`. */
  readonly startedAtMs: number;
}

/**
 * Collects finished utterances of both sides. An agent's utterance is one stream that is written while it speaks and
 * is finished when the stream closes; a caller's comes as several whole texts, of which the last is marked final.
 */
export class Transcripts {
  readonly #callerIdentity: string;
  readonly #waiters: Waiters;
  readonly #finished = new Map<string, TranscriptSegment>();
  readonly #startedAtMs = new Map<string, number>();

  constructor(callerIdentity: string, waiters: Waiters) {
    this.#callerIdentity = callerIdentity;
    this.#waiters = waiters;
  }

  /** Finished utterances in the order they began. */
  get segments(): readonly TranscriptSegment[] {
    return [...this.#finished.values()].sort((a, b) => a.startedAtMs - b.startedAtMs);
  }

  /** Reads one stream to its end. */
  async receive(
    reader: Pick<TextStreamReader, 'info' | 'readAll'>,
    speakerIdentity: string,
    atMs = performance.now(),
  ): Promise<void> {
    const { attributes = {}, streamId } = reader.info;
    const id = attributes[SEGMENT_ATTRIBUTE] ?? streamId;
    const speaker = speakerIdentity === this.#callerIdentity ? 'caller' : 'agent';
    const startedAtMs = this.#startedAtMs.get(id) ?? atMs;
    this.#startedAtMs.set(id, startedAtMs);
    const text = (await reader.readAll()).trim();
    const isFinal = speaker === 'agent' || attributes[FINAL_ATTRIBUTE] === 'true';
    if (isFinal && text !== '') {
      this.#finished.set(id, { id, speaker, text, startedAtMs });
      this.#waiters.changed();
    }
  }
}
