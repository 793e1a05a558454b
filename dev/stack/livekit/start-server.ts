import { randomBytes } from 'node:crypto';
import { waitUntil } from '../deadline.js';
import { freeTcpPort, freeUdpPort } from '../ports.js';
import { startProcess, type SupervisedProcess } from '../process.js';
import type { LiveKitAddress } from './address.js';
import { serverConfig, type ClusterMembership } from './config.js';
import { serverCommand, type ServerCommand } from './server-command.js';
import type { LiveKitSource, ResolveContext } from './source.js';

const READY_DEADLINE_MS = 30_000;
/** Another process can take a port between our choice and the server's bind. */
const ATTEMPTS = 3;

/** A server that this process has started. */
export interface StartedServer {
  readonly address: LiveKitAddress;
  /** The one that runs now. */
  readonly process: SupervisedProcess;
  stop(): Promise<void>;
  /** Ends it and starts it again, at the same address with the same keys. Rooms and workers are forgotten. */
  restart(): Promise<void>;
}

/** What a start needs to know besides the source. */
export type StartContext = ResolveContext & {
  readonly logFile?: string | undefined;
  /** The other servers it is one LiveKit with. Default: none, and keys of its own. */
  readonly cluster?: ClusterMembership | undefined;
};

/**
 * Starts a server on free loopback ports with keys made for this run, and waits until it answers.
 *
 * @throws Error with the server's last lines when it does not come up.
 */
export async function startServer(
  source: Exclude<LiveKitSource, { kind: 'running' }>,
  context: StartContext,
): Promise<StartedServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnFreePorts(source, context);
    } catch (error) {
      if (attempt === ATTEMPTS || !/address already in use|port is already/.test(String(error))) {
        throw error;
      }
    }
  }
}

async function startOnFreePorts(
  source: Exclude<LiveKitSource, { kind: 'running' }>,
  context: StartContext,
): Promise<StartedServer> {
  const ports = { httpPort: await freeTcpPort(), udpPort: await freeUdpPort() };
  const { apiKey, apiSecret } = context.cluster ?? newKeyPair();
  const config = serverConfig({
    ...ports,
    ...{ apiKey, apiSecret },
    inContainer: source.kind === 'docker',
    redisAddress: context.cluster?.redisAddress,
  });
  const command = serverCommand(source, config, ports, context.machine.env);
  const start = (): Promise<SupervisedProcess> =>
    startProcess({
      name: 'livekit-server',
      command: command.command,
      args: command.args,
      env: command.env,
      // The first signal lets it wait for participants without end, the second does not.
      stopSteps: [
        { signal: 'SIGTERM', waitMs: 500 },
        { signal: 'SIGTERM', waitMs: 2000 },
      ],
      logFile: context.logFile,
      signal: context.signal,
    });
  let server = await start();
  const stop = (): Promise<void> => stopServer(server, command, context);
  const untilReady = async (): Promise<void> => {
    try {
      await waitUntilReady(server, ports.httpPort, context.signal);
    } catch (error) {
      await stop();
      throw error;
    }
  };
  await untilReady();
  return {
    address: { url: `ws://127.0.0.1:${String(ports.httpPort)}`, apiKey, apiSecret },
    get process() {
      return server;
    },
    stop,
    restart: async () => {
      await stop();
      server = await start();
      await untilReady();
    },
  };
}

/** A key pair for one run. */
export function newKeyPair(): { readonly apiKey: string; readonly apiSecret: string } {
  return {
    apiKey: `key${randomBytes(6).toString('hex')}`,
    apiSecret: randomBytes(32).toString('hex'),
  };
}

async function waitUntilReady(
  server: SupervisedProcess,
  httpPort: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const answers = async (): Promise<boolean> => {
    if (!server.running) {
      throw server.failure('ended while starting');
    }
    return isHealthy(`http://127.0.0.1:${String(httpPort)}/`);
  };
  const wait = { deadlineMs: READY_DEADLINE_MS, what: 'its first answer', signal };
  await waitUntil(answers, wait).catch((error: unknown) => {
    throw server.running && signal?.aborted !== true ? server.failure(String(error), error) : error;
  });
}

/** Whether an address answers with success within a second. */
async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
}

async function stopServer(
  server: SupervisedProcess,
  { cleanUp }: ServerCommand,
  { machine }: StartContext,
): Promise<void> {
  await server.stop();
  if (cleanUp !== undefined) {
    await machine.ask(cleanUp.command, cleanUp.args);
  }
}
