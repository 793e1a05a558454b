import { z } from 'zod';
import type { ConnectionRecord } from './connection-record.js';
import type { SeenEvent } from './event-log.js';
import type { FaultRequest } from './faults/catalogue.js';

const counts = z.record(z.string(), z.number());
const records: z.ZodType<ConnectionRecord[]> = z.array(
  z.object({
    id: z.string(),
    askedAt: z.number(),
    openedAt: z.number().nullable(),
    closedAt: z.number().nullable(),
    refusedWith: z.number().nullable(),
    closeCode: z.number().nullable(),
    closeReason: z.string(),
    closedBy: z.enum(['client', 'simulator', 'network']).nullable(),
    path: z.string(),
    userAgent: z.string(),
    events: z.object({ in: counts, out: counts }),
    audio: z.object({ heardMs: z.number(), spokenMs: z.number() }),
    session: z
      .object({
        id: z.string(),
        type: z.enum(['realtime', 'transcription']),
        model: z.string().nullable(),
        voice: z.string().nullable(),
        language: z.string().nullable(),
        turnDetection: z.string().nullable(),
        tools: z.array(z.string()),
        instructionsLength: z.number(),
      })
      .nullable(),
  }),
);
const seen = z.array(
  z.object({
    connection: z.string(),
    direction: z.enum(['in', 'out']),
    at: z.number(),
    type: z.string(),
    event: z.unknown(),
    injected: z.literal(true).exactOptional(),
    refused: z.literal(true).exactOptional(),
  }),
);
const status = z.object({ attempts: z.number(), open: z.number(), peakOpen: z.number() });
const added = z.object({ id: z.string() });

/** How many connections there were and are. */
export type SimulatorStatus = z.output<typeof status>;

/** Reads and steers a simulator in another process. Each call answers within ten seconds, or throws. */
export class SimulatorControl {
  readonly #url: string;
  readonly #token: string;

  constructor({ url, token }: { readonly url: string; readonly token: string }) {
    this.#url = url;
    this.#token = token;
  }

  async status(): Promise<SimulatorStatus> {
    return status.parse(await this.#ask('GET', '/status'));
  }

  /** Every attempt to connect, oldest first. */
  async connections(): Promise<ConnectionRecord[]> {
    return records.parse(await this.#ask('GET', '/connections'));
  }

  /** Events seen, oldest first; audio is replaced by its length. */
  async events(
    filter: { readonly connection?: string; readonly types?: readonly string[] } = {},
  ): Promise<SeenEvent[]> {
    const query = new URLSearchParams(
      (filter.types ?? []).map((type): [string, string] => ['type', type]),
    );
    if (filter.connection !== undefined) {
      query.set('connection', filter.connection);
    }
    return seen.parse(await this.#ask('GET', `/events?${query.toString()}`));
  }

  /** Starts a fault; faults/README.md lists them. Answers its id. */
  async addFault(fault: FaultRequest): Promise<string> {
    return added.parse(await this.#ask('POST', '/faults', fault)).id;
  }

  /** Ends all faults. What was cut stays cut. */
  async clearFaults(): Promise<void> {
    await this.#ask('DELETE', '/faults');
  }

  /** Ends all faults, cuts all connections and forgets what was seen. */
  async reset(): Promise<void> {
    await this.#ask('POST', '/reset');
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#url}/control${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(
        `The simulator refused ${method} /control${path}: ${response.status} ${text}`,
      );
    }
    return text === '' ? undefined : JSON.parse(text);
  }
}
