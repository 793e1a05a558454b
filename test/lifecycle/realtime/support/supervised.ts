import { llm } from '@livekit/agents';
import { vi } from 'vitest';
import {
  startRealtimeSimulator,
  type RealtimeSimulator,
  type SimulatorOptions,
} from '../../../../dev/realtime-simulator/index.js';
import type { GaveUpError } from '../../../../src/lifecycle/realtime/connection-error.js';
import {
  connectionSettings,
  type ConnectionSettings,
} from '../../../../src/lifecycle/realtime/connection-settings.js';
import { GuardedRealtimeModel } from '../../../../src/lifecycle/realtime/guarded-model.js';
import {
  DEFAULT_BACKOFF,
  exponentialBackoff,
} from '../../../../src/lifecycle/realtime/reconnect-policy.js';
import type { GuardedRealtimeSession } from '../../../../src/lifecycle/realtime/guarded-session.js';
import type {
  Reconnected,
  Reconnecting,
  Renewed,
} from '../../../../src/lifecycle/realtime/supervisor-state.js';

/** Watchdogs that bite within a test, and short pauses; all counts are the real ones. */
export const impatient: Partial<ConnectionSettings> = {
  policy: exponentialBackoff({ ...DEFAULT_BACKOFF, baseMs: 20 }),
  opening: { handshakeMs: 1_000, firstEventMs: 1_000, maxFrameBytes: 1_000_000 },
  socket: {
    heartbeat: { pingMs: 200, pongMs: 800 },
    hearing: { voiceMs: 50, quietMs: 200, answerMs: 800 },
    replies: { startMs: 1_000, idleMs: 1_000 },
  },
};

/** A guarded model on a simulator of its own, with everything it said of itself. */
export class Supervised {
  readonly simulator: RealtimeSimulator;
  readonly model: GuardedRealtimeModel;
  readonly reconnecting: Reconnecting[] = [];
  readonly reconnected: Reconnected[] = [];
  readonly renewed: Renewed[] = [];
  readonly gaveUp: GaveUpError[] = [];
  /** What became of replies, in order. */
  readonly replies: string[] = [];
  readonly errors: llm.RealtimeModelError[] = [];
  readonly unhandled = vi.fn();
  /** How long nothing has been going on, as far as the model is told. */
  quietForMs = 0;
  #session: GuardedRealtimeSession | undefined;

  private constructor(
    simulator: RealtimeSimulator,
    settings: Partial<ConnectionSettings>,
    key: string,
  ) {
    this.simulator = simulator;
    this.model = new GuardedRealtimeModel({ apiKey: key, baseURL: simulator.baseURL }, 60_000, {
      settings: connectionSettings(settings),
      quietForMs: () => this.quietForMs,
      listener: {
        renewed: (event) => void this.renewed.push(event),
        reconnecting: (event) => void this.reconnecting.push(event),
        reconnected: (event) => void this.reconnected.push(event),
        replyOutstanding: (is) => void this.replies.push(is ? 'asked' : 'done'),
        replyFailed: ({ category }) => void this.replies.push(`failed: ${category}`),
        replyLost: ({ category }) => void this.replies.push(`lost: ${category}`),
        gaveUp: (error) => void this.gaveUp.push(error),
      },
    });
    process.prependListener('unhandledRejection', this.unhandled);
    process.prependListener('uncaughtException', this.unhandled);
  }

  static async start(
    settings: Partial<ConnectionSettings> = impatient,
    key = 'sk-test',
    given: SimulatorOptions = {},
  ): Promise<Supervised> {
    const simulator = await startRealtimeSimulator({
      apiKey: 'sk-test',
      speak: async () => new Int16Array(24_000).fill(2_000),
      latencies: { handshakeMs: 0, firstAudioMs: 0, jitterMs: 0, paceFactor: 50, lateDeltas: 0 },
      ...given,
    });
    return new Supervised(simulator, settings, key);
  }

  get session(): GuardedRealtimeSession {
    if (!this.#session) {
      this.#session = this.model.open();
      this.#session.on('error', (error: llm.RealtimeModelError) => this.errors.push(error));
    }
    return this.#session;
  }

  get fatal(): llm.RealtimeModelError[] {
    return this.errors.filter(({ recoverable }) => !recoverable);
  }

  /** Attempts to connect, as the simulator saw them. */
  get attempts(): number {
    return this.simulator.connections().length;
  }

  get open(): number {
    return this.simulator
      .connections()
      .filter((one) => one.openedAt !== null && one.closedAt === null).length;
  }

  /** Opens the session, and waits for nothing. */
  begin(): void {
    this.#session = this.session;
  }

  /** The session, open and greeted by the service. */
  async connected(): Promise<GuardedRealtimeSession> {
    const { session } = this;
    await this.until(() => session.guard.supervisor.state.name === 'open');
    return session;
  }

  async until(what: () => boolean, timeout = 5_000): Promise<void> {
    await vi.waitFor(
      () => {
        if (!what()) {
          throw new Error(`never true: ${what.toString()}`);
        }
      },
      { timeout, interval: 5 },
    );
  }

  /** Asks for a reply and receives all of it; resolves with the bytes of audio. */
  async reply(): Promise<number> {
    const reply = await this.session.generateReply('Go on.');
    let samples = 0;
    for await (const message of reply.messageStream) {
      for await (const frame of message.audioStream) {
        samples += frame.samplesPerChannel;
      }
    }
    return samples;
  }

  /** Events of a type that the newest connection received. */
  heard(type: string): number {
    return this.simulator.connections().at(-1)?.events.in[type] ?? 0;
  }

  /** The numbered instructions that reached the service. */
  updates(): string[] {
    const seen = this.simulator.events({ types: ['session.update'] });
    return seen.flatMap(({ event }) => JSON.stringify(event).match(/Instructions \d/g) ?? []);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.model.close();
    await this.simulator.stop();
    process.off('unhandledRejection', this.unhandled);
    process.off('uncaughtException', this.unhandled);
    if (this.unhandled.mock.calls.length > 0) {
      throw new Error(`unhandled: ${this.unhandled.mock.calls.map(String).join('; ')}`);
    }
  }
}

export function said(id: string, role: 'user' | 'assistant', text: string): llm.ChatMessage {
  return new llm.ChatMessage({ id, role, content: [text] });
}
