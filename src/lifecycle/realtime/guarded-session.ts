import { realtime } from '@livekit/agents-plugin-openai';
import { ForgivingMessages } from './late-deltas.js';

/**
 * A realtime session that really ends. Upstream's `close()` leaves its sender loop asleep and its socket open until
 * the session's longest duration (realtime-faults facts, U1); one more event wakes the loop, which then closes it.
 */
export class GuardedRealtimeSession extends realtime.RealtimeSession {
  #reconnections = 0;
  #closing: Promise<void> | undefined;

  constructor(model: realtime.RealtimeModel) {
    super(model);
    this.on('session_reconnected', this.#onReconnected);
  }

  /** Connections opened so far, the first included. */
  get connections(): number {
    return 1 + this.#reconnections;
  }

  protected override handleResponseCreated(event: realtime.ResponseCreatedEvent): void {
    super.handleResponseCreated(event);
    const generation = this.currentGeneration;
    if (generation && 'messages' in generation) {
      generation.messages = new ForgivingMessages(generation.messages);
    }
  }

  override close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.off('session_reconnected', this.#onReconnected);
    await super.close();
    // After super.close(), which empties the queue. What wakes the loop is also sent; it does no harm any more.
    this.sendEvent({ type: 'input_audio_buffer.clear' });
  }

  readonly #onReconnected = (): void => {
    this.#reconnections += 1;
  };
}
