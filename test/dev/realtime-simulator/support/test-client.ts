import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { bytesOf } from '../../../../dev/realtime-simulator/audio/pcm.js';
import type { RealtimeSimulator } from '../../../../dev/realtime-simulator/index.js';

const anyEvent = z.looseObject({ type: z.string() });
export type AnyEvent = z.output<typeof anyEvent>;

interface Opening {
  /** Path and query. */
  readonly path?: string;
  readonly headers?: Record<string, string>;
}

const deadlineMs = 4000;

/** A client that knows nothing of the protocol but JSON. */
export class TestClient {
  readonly socket: WebSocket;
  readonly events: AnyEvent[] = [];
  readonly frames: (string | Buffer)[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #taken = new Map<string, number>();
  #wake: () => void = () => undefined;

  constructor(simulator: RealtimeSimulator, { path, headers }: Opening = {}) {
    const url = simulator.url.replace('http', 'ws') + (path ?? '/v1/realtime?model=gpt-realtime');
    this.socket = new WebSocket(url, {
      headers: { authorization: 'Bearer sk-simulator', ...headers },
      maxPayload: 0,
    });
    this.socket.on('error', () => undefined); // 'close' follows.
    this.closed = new Promise((resolve) => {
      this.socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.socket.on('message', (data: Buffer, isBinary) => {
      this.frames.push(isBinary ? data : data.toString());
      const parsed = isBinary ? undefined : anyEvent.safeParse(parseJson(data.toString())).data;
      if (parsed !== undefined) {
        this.events.push(parsed);
      }
      this.#wake();
    });
  }

  /** Connects and waits for `session.created`. */
  static async open(simulator: RealtimeSimulator, opening?: Opening): Promise<TestClient> {
    const client = new TestClient(simulator, opening);
    await client.next('session.created');
    return client;
  }

  get types(): string[] {
    return this.events.map((event) => event.type);
  }

  send(event: object): void {
    this.socket.send(JSON.stringify(event));
  }

  /** Sends audio in frames of 100 ms, as LiveKit's plugin does. */
  speak(samples: Int16Array): void {
    const bytes = bytesOf(samples);
    for (let at = 0; at < bytes.length; at += 4800) {
      const audio = bytes.subarray(at, at + 4800).toString('base64');
      this.send({ type: 'input_audio_buffer.append', audio });
    }
  }

  /** The next event of a type that was not taken yet. */
  async next(type: string): Promise<AnyEvent> {
    const at = this.#taken.get(type) ?? 0;
    this.#taken.set(type, at + 1);
    const find = (): AnyEvent | undefined => this.events.filter((one) => one.type === type)[at];
    await this.until(() => find() !== undefined, type);
    const found = find();
    if (found === undefined) {
      throw new Error(`No ${type}.`);
    }
    return found;
  }

  /** Waits until `holds`; looks again after each frame. */
  async until(holds: () => boolean, what: string): Promise<void> {
    const late = once(AbortSignal.timeout(deadlineMs), 'abort').then(() => {
      throw new Error(`No ${what} within ${deadlineMs} ms. Came: ${this.types.join(', ')}.`);
    });
    late.catch(() => undefined); // It may come when nobody waits any more.
    while (!holds()) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([woken, late]);
    }
  }

  /** Asks for something trivial, and waits: what was sent before has been handled then. */
  async settled(): Promise<void> {
    this.send({ type: 'session.update', session: { type: 'realtime' } });
    const answers = this.types.filter((type) => type === 'session.updated').length;
    await this.until(
      () => this.types.filter((type) => type === 'session.updated').length > answers,
      'session.updated',
    );
  }

  close(): void {
    this.socket.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
