import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { synthesize } from '../speech/index.js';
import type { ConnectionRecord } from './connection-record.js';
import { Connections } from './connections.js';
import { newControlApi } from './control/routes.js';
import { EventLog, type SeenEvent } from './event-log.js';
import { FaultController } from './faults/controller.js';
import { newApi } from './http-endpoints/app.js';
import type { SimulatorOptions, Speak } from './options.js';
import { knownLines, loadShippedScenarios } from './scenario.js';
import { Pace } from './session/pace.js';
import type { Services } from './session/services.js';
import { Upgrades } from './upgrade.js';

/** The key a client presents unless another one is chosen; it opens nothing but this simulator. */
export const defaultApiKey = 'sk-simulator';
const hourMs = 60 * 60 * 1000;

/** A running simulator. */
export interface RealtimeSimulator {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** What OPENAI_BASE_URL is set to: `url` and `/v1`. */
  readonly baseURL: string;
  readonly controlToken: string;
  /** Faults that are on, and how to start one. */
  readonly faults: FaultController;
  /** Every attempt to connect so far. */
  connections(): readonly ConnectionRecord[];
  /** Every event seen, audio left out. */
  events(filter?: { connection?: string; types?: readonly string[] }): SeenEvent[];
  /** The most connections that were open at once. */
  peakOpen(): number;
  /** Cuts everything and stops listening. May be called twice. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const speakOffline: Speak = async (text, voice) => synthesize(text, { voice, sampleRate: 24_000 });

/**
 * Starts an OpenAI-Realtime-compatible server, on 127.0.0.1 unless it is told otherwise. It speaks real words from a
 * script and understands none.
 * @throws Error when the port is taken or a scenario file is not valid.
 */
export async function startRealtimeSimulator(
  options: SimulatorOptions = {},
): Promise<RealtimeSimulator> {
  const apiKey = options.apiKey ?? process.env['SIMULATOR_API_KEY'] ?? defaultApiKey;
  const token = options.controlToken ?? randomBytes(24).toString('base64url');
  const services: Services = {
    scenarios: options.scenarios ?? loadShippedScenarios(),
    speak: options.speak ?? speakOffline,
    pace: new Pace(options.latencies),
  };
  const log = new EventLog(options.eventLog ?? process.env['SIMULATOR_EVENT_LOG']);
  const connections = new Connections();
  const faults = new FaultController(() => connections.open);
  const maxSessionMs = options.maxSessionMs ?? hourMs;
  const upgrades = new Upgrades({ apiKey, maxSessionMs, services, connections, faults, log });
  const reset = async (): Promise<void> => {
    faults.clear();
    await connections.reset();
    log.clear();
  };

  const app = new Hono();
  app.route('/control', newControlApi({ token, connections, faults, log, reset }));
  app.route('/v1', newApi({ services, apiKey, log }));
  const listener = getRequestListener(app.fetch);
  const server = createServer((request, response) => void listener(request, response));
  server.on('upgrade', (request, socket, head) => upgrades.handle(request, socket, head));
  const port = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  prepareSpeech(services);

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all([upgrades.stop(), connections.terminate()]);
      await closed;
      log.close();
    })());
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    baseURL: `${url}/v1`,
    controlToken: token,
    faults,
    connections: () => structuredClone(connections.records),
    events: (filter) => log.events(filter),
    peakOpen: () => connections.peakOpen,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening'); // Rejects on 'error'.
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The simulator listens on no port.');
  }
  return address.port;
}

/** Speaks every known line once, so that no reply waits for its synthesis. A failure shows when the line is due. */
function prepareSpeech({ scenarios, speak }: Services): void {
  for (const scenario of scenarios) {
    for (const line of knownLines(scenario)) {
      speak(line, scenario.voice).catch(() => undefined);
    }
  }
}
