import { APIConnectionError, type llm } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { realtime } from '@livekit/agents-plugin-openai';
import { ConnectionError } from './connection-error.js';
import { connectionRequest } from './connection-request.js';
import { HeldErrors } from './held-errors.js';
import { ForgivingMessages, forgiving } from './late-deltas.js';
import { modelError, readModelError } from './model-error.js';
import { admits } from './offline-events.js';
import { requirePluginContract, unsupported } from './plugin-contract.js';
import { RememberingSession } from './remembering-session.js';
import { isEvent } from './server-event.js';
import { SessionGuard } from './session-guard.js';
import { WAKE_UP, type SupervisedSocket } from './supervised-socket.js';

requirePluginContract();

/** Fields come too late: upstream's constructor already sends and connects. */
const guards = new WeakMap<GuardedRealtimeSession, SessionGuard>();

/** A realtime session whose connections are supervised, and which really ends. Cures U1 to U7 of realtime-faults. */
export class GuardedRealtimeSession extends RememberingSession {
  readonly #held = new HeldErrors(this);

  /** State of the guard, made on first use. */
  get guard(): SessionGuard {
    let guard = guards.get(this);
    if (!guard) {
      guard = new SessionGuard(this.realtimeModel, {
        knownItems: () => this.knownItems(),
        settle: (why) => this.closeCurrentGeneration(why),
        wakeSender: () => this.#wakeSender(),
        hasTurnDetection: () => this.realtimeModel.capabilities.turnDetection,
        tell: (error, recoverable) => this.#tell(error, recoverable),
      });
      guards.set(this, guard);
    }
    return guard;
  }

  override emit(event: string | symbol, ...values: unknown[]): boolean {
    switch (event) {
      case 'openai_client_event_queued':
        this.guard.sending(values[0]);
        break;
      case 'openai_server_event_received':
        this.#follow(values[0]);
        break;
      case 'session_reconnected':
        this.guard.restored();
        void this.#checkRestored();
        break;
      case 'error':
        this.#judge(values[0]);
        return true;
    }
    return super.emit(event, ...values);
  }

  override sendEvent(event: realtime.ClientEvent): void {
    const { supervisor, everOpen, lane } = this.guard;
    if (!admits(event.type, supervisor.state.name, everOpen)) {
      return;
    }
    const socket = event.type === 'input_audio_buffer.append' ? this.guard.audioSocket : undefined;
    if (socket) {
      this.emit('openai_client_event_queued', event);
      socket.send(JSON.stringify(event));
    } else {
      lane.queued(event);
      super.sendEvent(event);
    }
  }

  override pushAudio(frame: AudioFrame): void {
    const { supervisor, renewals } = this.guard;
    if (supervisor.state.name !== 'open') {
      renewals.held.keep(frame);
      return;
    }
    for (const one of [...renewals.held.release(), frame]) {
      this.guard.speaks(one);
      super.pushAudio(one);
    }
  }

  override generateReply(
    instructions?: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<llm.GenerationCreatedEvent> {
    const { ahead } = this.guard;
    return ahead.take(instructions, options.signal) ?? this.#ask(instructions, options.signal);
  }

  /**
   * Asks for the first reply before anybody is there to hear it; it is given to the `generateReply` that asks for the same.
   *
   * @param standing the agent's own instructions, which the session is not yet told by AgentSession
   */
  replyAhead(standing: string, instructions: string): void {
    this.guard.ahead.ask(instructions, async (signal) => {
      await this.updateInstructions(standing);
      return this.#ask(instructions, signal);
    });
  }

  override close(): Promise<void> {
    this.guard.closing ??= this.#close();
    return this.guard.closing;
  }

  protected override handleResponseCreated(event: realtime.ResponseCreatedEvent): void {
    this.endReplyUnderWay('another reply began');
    super.handleResponseCreated(event);
    const generation = this.currentGeneration;
    if (generation && 'messages' in generation) {
      generation.messages = new ForgivingMessages(generation.messages);
      forgiving(generation.messageChannel);
      forgiving(generation.functionChannel);
    }
  }

  /** A connection for the plugin, in place of its own `createWsConn`. */
  async connectSupervised(): Promise<SupervisedSocket> {
    // The base constructor calls this before it is done.
    await Promise.resolve();
    const { realtimeModel: model, guard } = this;
    const socket = await guard.supervisor.connect(() => connectionRequest(model));
    guard.handOver();
    return socket;
  }

  #ask(instructions?: string, signal?: AbortSignal): Promise<llm.GenerationCreatedEvent> {
    return this.guard.replies.ask(signal, (either) =>
      super.generateReply(instructions, { signal: either }),
    );
  }

  async #close(): Promise<void> {
    const { supervisor, replies, renewals } = this.guard;
    renewals.failed();
    // First upstream's flag, which it sets at once: its loop must see it when the connection goes.
    const ended = super.close();
    replies.failed('the session is closed');
    await Promise.all([ended, supervisor.close()]);
    this.#wakeSender();
  }

  /** Past the guard, which would not let it through now. */
  #wakeSender(): void {
    super.sendEvent({ type: 'input_audio_buffer.clear', event_id: WAKE_UP });
  }

  #follow(event: unknown): void {
    if (!this.guard.everOpen) {
      const { message } = unsupported('the plugin has a connection of its own');
      const cause = new ConnectionError(message, { category: 'protocol', fatal: true });
      this.guard.supervisor.giveUp(message, cause);
    }
    if (!isEvent(event)) {
      return;
    }
    this.noteItem(event);
    for (const unheard of this.guard.ahead.received(event)) {
      super.sendEvent({ type: 'conversation.item.delete', item_id: unheard });
    }
  }

  /** Upstream's errors: its planned renewal is none, and after a fatal one its loop is dead. */
  #judge(event: unknown): void {
    const { error, recoverable } = readModelError(event);
    if (!recoverable) {
      const message = `the plugin failed: ${error.message}`;
      this.guard.supervisor.giveUp(message, new ConnectionError(message, { category: 'protocol' }));
    } else if (!(error instanceof APIConnectionError)) {
      this.#held.tell(event);
    }
  }

  async #checkRestored(): Promise<void> {
    const wrong = await this.checkRestored();
    if (wrong) {
      this.#tell(wrong, true);
    }
  }

  #tell(error: Error, recoverable: boolean): void {
    this.#held.tell(modelError(this.realtimeModel.label(), error, recoverable));
  }
}

// A class cannot override what its base declares private; on the prototype it can be replaced.
Object.defineProperty(GuardedRealtimeSession.prototype, 'createWsConn', {
  configurable: true,
  writable: true,
  value(this: GuardedRealtimeSession) {
    return this.connectSupervised();
  },
});
