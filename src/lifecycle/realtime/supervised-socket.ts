import type { AudioFrame } from '@livekit/rtc-node';
import { ConnectionError } from './connection-error.js';
import { Duplicates } from './duplicates.js';
import { HearingWatch } from './hearing-watch.js';
import { Heartbeat } from './heartbeat.js';
import { answersProbe, PROBE } from './probe.js';
import { Repairs } from './repairs.js';
import { ReplyWatch } from './reply-watch.js';
import { safely } from './safely.js';
import { parseServerEvent, type ServerEvent } from './server-event.js';
import type { SocketOptions, SocketOwner } from './socket-owner.js';
import type { OpenWire } from './wire.js';
import { WithheldEvents } from './withheld-events.js';

/** Id of an event that only wakes the plugin's sender loop; it never reaches the service (realtime-faults, U2). */
export const WAKE_UP = 'steadfast_wake_up';
const AUDIO = '{"type":"input_audio_buffer.append"';
const GOODBYE_MS = 500;
const MAX_BAD_FRAMES = 20;

interface MessageHandler {
  (message: { readonly data: string }): void;
}

/** What the plugin takes for its WebSocket: the five names it uses, and nothing that it could trip over. */
export class SupervisedSocket {
  onerror: ((error: { readonly message: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly #wire: OpenWire;
  readonly #owner: SocketOwner;
  readonly #heartbeat: Heartbeat;
  readonly #hearing: HearingWatch;
  readonly #replies: ReplyWatch;
  readonly #duplicates = new Duplicates();
  readonly #repairs = new Repairs();
  readonly #withheld: WithheldEvents;
  #onmessage: MessageHandler | null = null;
  #inbox: string[] = [];
  #badFrames = 0;
  #closed: Promise<void> | undefined;

  constructor(wire: OpenWire, { heartbeat, hearing, replies }: SocketOptions, owner: SocketOwner) {
    this.#wire = wire;
    this.#owner = owner;
    this.#withheld = new WithheldEvents((error) => owner.refused(error));
    this.#replies = new ReplyWatch(replies, {
      outstanding: (is) => {
        if (!this.#closed) {
          owner.outstanding(is);
        }
      },
      stalled: (error) => void this.end(error),
      completed: () => owner.completed(),
      failed: (error) => (error.fatal ? owner.refused(error) : owner.replyFailed(error)),
    });
    this.#heartbeat = new Heartbeat(
      heartbeat,
      () => wire.ping(),
      () => void this.end(new ConnectionError('no sign of life', { category: 'idle' })),
    );
    const message = 'the service does not hear the caller';
    this.#hearing = new HearingWatch(hearing, {
      ask: () => wire.send(JSON.stringify(PROBE)),
      deaf: () =>
        void this.end(new ConnectionError(message, { category: 'idle', wordsLost: true })),
      unheard: () => owner.callerUnheard(),
      heard: () => owner.callerHeard(),
    });
  }

  /** Begins to listen. The wire may be gone by now, so the owner must know this socket first. */
  begin(): void {
    this.#wire.listen({
      frame: (text) => this.#receive(text),
      pong: () => this.#heartbeat.alive(),
      ended: (error) => void this.end(error),
    });
  }

  /** As a WebSocket's: 1 is open, 3 is closed. */
  get readyState(): 1 | 3 {
    return this.#closed ? 3 : 1;
  }

  get onmessage(): MessageHandler | null {
    return this.#onmessage;
  }

  /** The plugin listens late (U6): what came before is delivered as soon as it does. */
  set onmessage(handler: MessageHandler | null) {
    this.#onmessage = handler;
    queueMicrotask(() => this.#deliver());
  }

  /** Whether nothing is being answered: a planned reconnect would be noticed by nobody. */
  get quiet(): boolean {
    return !this.#replies.pending;
  }

  send(text: string): void {
    if (this.#closed) {
      return;
    }
    if (!text.startsWith(AUDIO)) {
      const event = parseServerEvent(text);
      const id = event && 'event_id' in event ? event.event_id : undefined;
      if (id === WAKE_UP) {
        return;
      }
      this.#sending(event?.type ?? '', typeof id === 'string' ? id : undefined);
    }
    this.#wire.send(text);
  }

  /** The caller's audio, before it is sent. */
  speaks(frame: AudioFrame): void {
    if (!this.#closed) {
      this.#hearing.sent(frame);
    }
  }

  /** For the plugin, which does so when it has failed: that counts, or it could fail and connect for ever. */
  close(): void {
    void this.end(new ConnectionError('the plugin closed it', { category: 'protocol' }));
  }

  /** Ends the connection, once; resolves when its socket is gone. */
  end(cause: ConnectionError | undefined): Promise<void> {
    if (!this.#closed) {
      const replyCut = this.#replies.pending || cause?.wordsLost === true;
      this.#heartbeat.stop();
      this.#hearing.stop();
      this.#inbox = [];
      this.#closed = cause ? this.#wire.cut() : this.#wire.close(GOODBYE_MS);
      this.#replies.stop();
      this.#owner.ended(cause, replyCut);
      // Never onerror: upstream would then count and wait on its own account.
      safely('the plugin', () => this.onclose?.());
    }
    return this.#closed;
  }

  #sending(type: string, id: string | undefined): void {
    if (type === 'response.create') {
      this.#duplicates.replyExpected();
    }
    if (id !== undefined) {
      this.#withheld.sent(id);
    }
    this.#replies.sent(type, id);
  }

  #receive(text: string | undefined): void {
    this.#heartbeat.alive();
    const event = text === undefined ? undefined : parseServerEvent(text);
    const isRead = text !== undefined && event && safely('a frame', () => this.#take(event, text));
    if (isRead) {
      return;
    }
    this.#badFrames += 1;
    if (this.#badFrames > MAX_BAD_FRAMES) {
      const message = `more than ${MAX_BAD_FRAMES} frames that are no events`;
      void this.end(new ConnectionError(message, { category: 'protocol' }));
    }
  }

  #take(event: ServerEvent, text: string): void {
    this.#hearing.received(event, answersProbe(event));
    if (this.#duplicates.has(event, text)) {
      return;
    }
    const isStray = this.#replies.isStray(event);
    this.#replies.received(event);
    if (!this.#closed && !isStray && !this.#withheld.has(event)) {
      this.#inbox.push(this.#repairs.of(event, text));
      this.#deliver();
    }
  }

  #deliver(): void {
    while (this.#onmessage && this.#inbox.length > 0) {
      const data = this.#inbox.shift();
      if (data !== undefined) {
        safely('the plugin', () => this.#onmessage?.({ data }));
      }
    }
  }
}
