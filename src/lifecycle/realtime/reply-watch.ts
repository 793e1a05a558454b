import { ConnectionError } from './connection-error.js';
import { isProgress, ReplyContent } from './reply-content.js';
import { meaningOfEnd } from './reply-end.js';
import { answersTurns, errorOf, replyIdOf, responseOf, type ServerEvent } from './server-event.js';
import { fromServiceError } from './service-errors.js';

export interface ReplyWatchOptions {
  /** From asking for a reply to its `response.created`. */
  readonly startMs: number;
  /** Within a reply, from one of its events to the next. */
  readonly idleMs: number;
}

/** A stall is noticed within 7 s (peers-under-faults facts, 7), and before upstream's own 10 s for a reply (U7). */
export const DEFAULT_REPLY_WATCH: ReplyWatchOptions = { startMs: 6_400, idleMs: 6_000 };

const BUSY = 'conversation_already_has_active_response';

export interface ReplyWatcher {
  /** From now on somebody waits for a reply, or nobody does any more. */
  outstanding(is: boolean): void;
  /** The service does not answer, or not any more. */
  stalled(error: ConnectionError): void;
  completed(): void;
  /** A reply was refused, or failed: the connection is well, the service is not. */
  failed(error: ConnectionError): void;
}

/** Watches whether replies that were asked for begin, go on and end. Judges events; holds no socket. */
export class ReplyWatch {
  readonly #options: ReplyWatchOptions;
  readonly #watcher: ReplyWatcher;
  /** Ids of the `response.create` events that nothing has answered yet. */
  readonly #asked = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  /** Replies that have begun and not ended, by their ids, with what they have brought. */
  readonly #begun = new Map<string, ReplyContent>();
  #answersTurns = false;
  #inReply = false;
  /** Whether the caller or we have cut short what is pending: then it may end with nothing. */
  #cutShort = false;

  constructor(options: ReplyWatchOptions, watcher: ReplyWatcher) {
    this.#options = options;
    this.#watcher = watcher;
  }

  /** Whether a reply was asked for, or has begun. */
  get pending(): boolean {
    return this.#timer !== undefined;
  }

  /** An event of ours is on its way. */
  sent(type: string, eventId: string | undefined): void {
    if (type === 'response.create') {
      this.#asked.add(eventId ?? '');
      this.#expectStart();
    } else if (type === 'response.cancel') {
      this.#cutShort = this.pending;
    }
  }

  /** Whether an event is of a reply that is not the one under way. */
  isStray(event: ServerEvent): boolean {
    const isOfReply = event.type.startsWith('response.') && event.type !== 'response.created';
    return isOfReply && this.#begun.size > 0 && !this.#isOurs(replyIdOf(event));
  }

  received(event: ServerEvent): void {
    switch (event.type) {
      case 'session.created':
      case 'session.updated':
        this.#answersTurns = answersTurns(event) ?? this.#answersTurns;
        return;
      case 'input_audio_buffer.speech_stopped':
      case 'input_audio_buffer.committed':
        if (this.#answersTurns) {
          this.#expectStart();
        }
        return;
      case 'input_audio_buffer.speech_started':
        this.#cutShort ||= this.#inReply;
        // The caller goes on: the service begins no reply before they have finished.
        if (!this.#inReply && this.#asked.size === 0) {
          this.stop();
        }
        return;
      case 'error':
        this.#refused(event);
        return;
      case 'response.created':
        this.#begun.set(responseOf(event)?.id ?? '', new ReplyContent());
        this.#goesOn();
        return;
      case 'response.done':
        this.#done(event);
        return;
      default:
        // The service still sends audio of a reply that it has ended: that begins none.
        if (this.pending && isProgress(event) && this.#isOurs(replyIdOf(event))) {
          this.#contentOf(replyIdOf(event))?.received(event);
          this.#goesOn();
        }
    }
  }

  /** Stops watching. */
  stop(): void {
    const wasPending = this.pending;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#inReply = false;
    this.#cutShort = false;
    this.#begun.clear();
    this.#asked.clear();
    if (wasPending) {
      this.#watcher.outstanding(false);
    }
  }

  #expectStart(): void {
    if (!this.pending) {
      const { startMs } = this.#options;
      this.#expect(startMs, `no reply began within ${startMs} ms`);
    }
  }

  #goesOn(): void {
    const { idleMs } = this.#options;
    this.#inReply = true;
    this.#asked.clear();
    this.#expect(idleMs, `a reply came to a halt for ${idleMs} ms`);
  }

  #done(event: ServerEvent): void {
    const response = responseOf(event);
    const id = response?.id ?? undefined;
    // One that ends before it has begun may yet begin.
    if (!this.pending || !this.#isOurs(id) || (id !== undefined && this.#begun.size === 0)) {
      return;
    }
    const isSilent = this.#contentOf(id)?.isEmpty === true;
    const isExcused = this.#cutShort;
    this.#begun.delete(id ?? '');
    if (this.#begun.size === 0 || id === undefined) {
      this.stop();
    }
    const meaning = meaningOfEnd(response ?? {}, isSilent, isExcused);
    if (meaning === 'completed') {
      this.#watcher.completed();
    } else if (meaning) {
      this.#watcher.failed(meaning);
    }
  }

  #contentOf(id: string | undefined): ReplyContent | undefined {
    return id === undefined ? [...this.#begun.values()].at(-1) : this.#begun.get(id);
  }

  /** Whether an event may be about what is being watched. One that names no reply is given the benefit of the doubt. */
  #isOurs(id: string | undefined): boolean {
    const { size } = this.#begun;
    return id === undefined || size === 0 || this.#begun.has(id) || this.#begun.has('');
  }

  /** Only an error that names one of our questions is its answer. */
  #refused(event: ServerEvent): void {
    const error = errorOf(event);
    if (!error?.event_id || !this.#asked.delete(error.event_id)) {
      return;
    }
    if (error.code === BUSY && this.#inReply) {
      return; // Whoever asked is told by the plugin; what the caller waits for is under way.
    }
    if (this.#asked.size === 0 && !this.#inReply) {
      this.stop();
    }
    this.#watcher.failed(fromServiceError(error, 'the reply was refused'));
  }

  #expect(ms: number, what: string): void {
    const wasPending = this.pending;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // Still pending: whoever ends the connection now has to know that a reply is lost with it.
      this.#watcher.stalled(new ConnectionError(what, { category: 'stall' }));
      this.stop();
    }, ms);
    if (!wasPending) {
      this.#watcher.outstanding(true);
    }
  }
}
