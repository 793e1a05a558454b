import { newId } from '../protocol/ids.js';
import { refuse } from '../protocol/errors.js';
import type { UserItem } from '../protocol/items.js';
import { countTranscription } from '../protocol/usage.js';
import { heardIn } from '../script.js';
import { countUserTurns } from './conversation.js';
import { InputAudio } from './input-audio.js';
import { runUntilClosed } from './pace.js';
import { scenarioOf, type SessionView } from './services.js';

/** What hearing leads to. */
export interface HearingListener {
  /** Speech began; `interrupts` says whether it may cut the model short. */
  onSpeechStarted(interrupts: boolean): void;
  /** A turn of the caller is over; `answers` says whether the model is to answer by itself. */
  onTurn(answers: boolean): void;
}

/** Takes the caller's audio, finds turns in it, and reports what was said, as scripted. */
export class Hearing {
  readonly #session: SessionView;
  readonly #listener: HearingListener;
  readonly #input = new InputAudio();
  #itemId: string | undefined;
  #heardMs = 0;

  constructor(session: SessionView, listener: HearingListener) {
    this.#session = session;
    this.#listener = listener;
  }

  /** Milliseconds of the caller's speech in the conversation. */
  get heardMs(): number {
    return this.#heardMs;
  }

  append(base64: string): void {
    const { connection, settings } = this.#session;
    const detection = settings.audio.input.turn_detection;
    for (const event of this.#input.append(Buffer.from(base64, 'base64'), detection)) {
      if (event.type === 'started') {
        const item_id = (this.#itemId = newId('item'));
        const audio_start_ms = Math.round(event.audioStartMs);
        connection.send({ type: 'input_audio_buffer.speech_started', audio_start_ms, item_id });
        this.#listener.onSpeechStarted(detection?.interrupt_response ?? false);
      } else {
        const item_id = this.#itemId ?? newId('item');
        const audio_end_ms = Math.round(event.audioEndMs);
        connection.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms, item_id });
        this.#takeTurn(item_id);
        this.#listener.onTurn(detection?.create_response ?? false);
      }
    }
    connection.record.audio.heardMs = this.#input.receivedMs;
  }

  /** `input_audio_buffer.commit`. @throws RefusedEvent when there is less than 100 ms. */
  commit(): void {
    if (this.#input.bufferedMs < 100) {
      throw refuse.bufferTooSmall(this.#input.bufferedMs);
    }
    this.#takeTurn(this.#input.speaking && this.#itemId ? this.#itemId : newId('item'));
    this.#input.clear();
  }

  clear(): void {
    this.#input.clear();
    this.#session.connection.send({ type: 'input_audio_buffer.cleared' });
  }

  /** The caller said nothing for too long: an empty turn, as the service makes it. */
  timeOut(idleMs: number): void {
    const item_id = newId('item');
    const audio_end_ms = Math.round(this.#input.receivedMs);
    const audio_start_ms = Math.max(0, audio_end_ms - idleMs);
    this.#session.connection.send({
      type: 'input_audio_buffer.timeout_triggered',
      audio_start_ms,
      audio_end_ms,
      item_id,
    });
    this.#takeTurn(item_id);
    this.#listener.onTurn(true);
  }

  #takeTurn(item_id: string): void {
    const { connection, conversation } = this.#session;
    const item: UserItem = {
      id: item_id,
      object: 'realtime.item',
      type: 'message',
      status: 'completed',
      role: 'user',
      content: [{ type: 'input_audio', transcript: null }],
    };
    const heardMs = this.#input.take();
    this.#heardMs += heardMs;
    const previous_item_id = conversation.lastId;
    connection.send({ type: 'input_audio_buffer.committed', previous_item_id, item_id });
    conversation.append(item);
    connection.send({ type: 'conversation.item.added', previous_item_id, item });
    connection.send({ type: 'conversation.item.done', previous_item_id, item });
    runUntilClosed(this.#transcribe(item, heardMs));
  }

  async #transcribe(item: UserItem, heardMs: number): Promise<void> {
    const { connection, conversation, services, settings } = this.#session;
    const transcript = heardIn(scenarioOf(this.#session), countUserTurns(conversation.items));
    const { transcription } = settings.audio.input;
    if (transcription === null) {
      return;
    }
    await services.pace.wait(services.pace.latencies.transcriptionMs, connection.closed);
    item.content = [{ type: 'input_audio', transcript }];
    const place = { item_id: item.id, content_index: 0 };
    for (const delta of transcript.match(/\S+\s*/g) ?? []) {
      connection.send({
        type: 'conversation.item.input_audio_transcription.delta',
        ...place,
        delta,
      });
    }
    connection.send({
      type: 'conversation.item.input_audio_transcription.completed',
      ...place,
      transcript,
      usage: countTranscription(transcription.model, heardMs, transcript),
    });
  }
}
