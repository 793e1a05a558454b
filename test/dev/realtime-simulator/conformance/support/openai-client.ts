import net from 'node:net';
import OpenAI from 'openai';
import type { RealtimeClientEvent, RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import {
  defaultApiKey,
  type RealtimeSimulator,
} from '../../../../../dev/realtime-simulator/index.js';
import { Inbox } from './inbox.js';
import { spoken } from './speech.js';

/** OpenAI's own client, connected to the simulator. */
export class OfficialClient {
  readonly received = new Inbox<RealtimeServerEvent>();
  readonly #socket: OpenAIRealtimeWS;

  private constructor(simulator: RealtimeSimulator) {
    const client = new OpenAI({ apiKey: defaultApiKey, baseURL: simulator.baseURL });
    const port = Number(new URL(simulator.url).port);
    // The client insists on wss://; a plain socket underneath needs no certificate.
    const createConnection = (): net.Socket => net.connect(port, '127.0.0.1');
    this.#socket = new OpenAIRealtimeWS(
      { model: 'gpt-realtime', options: { createConnection } },
      client,
    );
    this.#socket.on('event', (event) => this.received.push(event));
    this.#socket.on('error', () => undefined); // Also arrives as an event; without a listener it would throw.
  }

  /** Resolves when the service has introduced itself. */
  static async connect(simulator: RealtimeSimulator): Promise<OfficialClient> {
    const client = new OfficialClient(simulator);
    await client.received.next('session.created');
    return client;
  }

  send(event: RealtimeClientEvent): void {
    this.#socket.send(event);
  }

  async say(line: string): Promise<void> {
    for (const chunk of await spoken(line)) {
      this.send({ type: 'input_audio_buffer.append', audio: chunk.toString('base64') });
    }
  }

  close(): void {
    this.#socket.close();
  }
}
