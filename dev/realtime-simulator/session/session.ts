import { summaryOf } from '../connection-record.js';
import type { Connection } from '../connection.js';
import type { ClientEvent } from '../protocol/client-events.js';
import { RefusedEvent, sessionExpired } from '../protocol/errors.js';
import { newId } from '../protocol/ids.js';
import { understand } from '../protocol/incoming.js';
import type { Item, ItemFromClient } from '../protocol/items.js';
import type { RealtimeSettings, SessionSettings } from '../protocol/session-settings.js';
import { Replies } from '../reply/replies.js';
import { Conversation } from './conversation.js';
import { Hearing } from './hearing.js';
import { IdleTimeout } from './idle-timeout.js';
import type { Services, SessionView } from './services.js';
import { newSession, updated } from './settings.js';

type ItemEvent = Extract<ClientEvent, { type: `conversation.item.${string}` }>;

/** One session: what the client asks of it, and who does it. */
export class Session implements SessionView {
  readonly connection: Connection;
  readonly services: Services;
  readonly conversation = new Conversation();
  readonly #hearing: Hearing;
  readonly #replies: Replies;
  readonly #idle: IdleTimeout;
  #settings: SessionSettings;

  private constructor(connection: Connection, services: Services, settings: SessionSettings) {
    this.connection = connection;
    this.services = services;
    this.#settings = settings;
    this.#hearing = new Hearing(this, {
      onSpeechStarted: (interrupts) => {
        this.#idle.stop();
        if (interrupts) {
          this.#replies.interrupt();
        }
      },
      onTurn: (answers) => {
        if (answers && this.#settings.type === 'realtime') {
          this.#replies.answerTurn();
        }
      },
    });
    this.#replies = new Replies({
      session: this,
      settings: () => this.#realtime(),
      heardMs: () => this.#hearing.heardMs,
      onDone: (spokenMs) => this.#idle.start(this.#settings.audio.input.turn_detection, spokenMs),
    });
    this.#idle = new IdleTimeout(connection, (idleMs) => this.#hearing.timeOut(idleMs));
  }

  /** Greets the client and serves it until the connection closes; no longer than `maxMs`. */
  static open(connection: Connection, services: Services, url: URL, maxMs: number): Session {
    const settings = newSession(url, Date.now() + maxMs);
    const session = new Session(connection, services, settings);
    connection.onFrame((frame) => session.#onFrame(frame));
    connection.record.session = summaryOf(settings);
    connection.send({ type: 'session.created', session: settings });
    connection.later(maxMs, () => {
      connection.sendError(sessionExpired);
      connection.close(1001, sessionExpired.message);
    });
    return session;
  }

  get settings(): SessionSettings {
    return this.#settings;
  }

  #onFrame(frame: string): void {
    const incoming = understand(frame);
    if (!incoming.ok) {
      if (this.connection.received(incoming.type, incoming.raw, true)) {
        this.connection.sendError(incoming.refusal.body, incoming.eventId);
      }
      return;
    }
    const { event } = incoming;
    if (!this.connection.received(event.type, event, false)) {
      return;
    }
    try {
      this.#handle(event);
    } catch (error) {
      if (!(error instanceof RefusedEvent)) {
        throw error;
      }
      this.connection.sendError(error.body, event.event_id ?? null);
    }
  }

  #handle(event: ClientEvent): void {
    switch (event.type) {
      case 'session.update': {
        const hasSpoken = this.connection.record.audio.spokenMs > 0;
        this.#settings = updated(this.#settings, event.session, hasSpoken);
        this.connection.record.session = summaryOf(this.#settings);
        this.connection.send({ type: 'session.updated', session: this.#settings });
        return;
      }
      case 'input_audio_buffer.append':
        this.#hearing.append(event.audio);
        return;
      case 'input_audio_buffer.commit':
        this.#hearing.commit();
        return;
      case 'input_audio_buffer.clear':
        this.#hearing.clear();
        return;
      case 'response.create':
        this.#realtime();
        this.#replies.create(event.response ?? {}, event.event_id ?? null);
        return;
      case 'response.cancel':
        this.#replies.cancel(event.response_id);
        return;
      case 'output_audio_buffer.clear':
        return; // Only WebRTC and SIP have such a buffer.
      case 'conversation.item.create':
      case 'conversation.item.delete':
      case 'conversation.item.truncate':
      case 'conversation.item.retrieve':
        this.#handleItem(event);
    }
  }

  #handleItem(event: ItemEvent): void {
    const { connection, conversation } = this;
    switch (event.type) {
      case 'conversation.item.create': {
        const item = itemOf(event.item);
        const previous_item_id = conversation.insert(item, event.previous_item_id);
        connection.send({ type: 'conversation.item.added', previous_item_id, item });
        connection.send({ type: 'conversation.item.done', previous_item_id, item });
        return;
      }
      case 'conversation.item.delete':
        conversation.delete(event.item_id);
        connection.send({ type: 'conversation.item.deleted', item_id: event.item_id });
        return;
      case 'conversation.item.truncate': {
        const { item_id, content_index, audio_end_ms } = event;
        conversation.truncate(item_id, audio_end_ms);
        const cut = { item_id, content_index, audio_end_ms };
        connection.send({ type: 'conversation.item.truncated', ...cut });
        return;
      }
      case 'conversation.item.retrieve': {
        const item = conversation.find('retrieve', event.item_id);
        connection.send({ type: 'conversation.item.retrieved', item });
      }
    }
  }

  #realtime(): RealtimeSettings {
    if (this.#settings.type === 'realtime') {
      return this.#settings;
    }
    const message = 'A transcription session does not answer.';
    throw new RefusedEvent('invalid_request_error', message);
  }
}

function itemOf(given: ItemFromClient): Item {
  return {
    ...given,
    id: given.id ?? newId('item'),
    object: 'realtime.item',
    status: given.status ?? 'completed',
  };
}
