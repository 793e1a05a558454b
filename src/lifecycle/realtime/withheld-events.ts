import { BackgroundErrors } from './background-errors.js';
import type { ConnectionError } from './connection-error.js';
import { PROBE } from './probe.js';
import { SentEvents } from './sent-events.js';
import { errorOf, type ServerEvent } from './server-event.js';
import { fromServiceError } from './service-errors.js';

/** Errors that the plugin is not told, on one connection. */
export class WithheldEvents {
  readonly #background = new BackgroundErrors();
  readonly #sent = new SentEvents();
  readonly #refused: (error: ConnectionError) => void;

  constructor(refused: (error: ConnectionError) => void) {
    this.#refused = refused;
  }

  /** An event of ours is on its way. */
  sent(id: string): void {
    this.#sent.sent(id);
  }

  /** Errors that end the call are told by us, and those that repeat themselves are told once. */
  has(event: ServerEvent): boolean {
    const error = event.type === 'error' ? (errorOf(event) ?? {}) : undefined;
    if (!error || error.event_id === PROBE.event_id) {
      return error !== undefined;
    }
    const meaning = fromServiceError(error, 'the service refuses us');
    if (meaning.fatal) {
      this.#refused(meaning);
      return true;
    }
    const isAnswer = Boolean(error.event_id) && this.#sent.answers(error.event_id ?? '');
    return !isAnswer && !this.#background.isFirst(error.code ?? error.type ?? '');
  }
}
