import type { LiveKitAddress } from './livekit/address.js';
import type { ClusterMembership } from './livekit/config.js';
import { pullImage } from './livekit/docker-pull.js';
import { thisMachine } from './livekit/machine.js';
import { resolveLiveKit } from './livekit/resolve.js';
import { startServer, type StartedServer } from './livekit/start-server.js';

/** What {@link startLiveKit} may be told. */
export interface LiveKitOptions {
  /** Where LIVEKIT_URL, LIVEKIT_SERVER_BIN and PATH are read. Default: our own environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Told what is happening, in short sentences; several a minute while the server is being built. */
  readonly onProgress?: ((message: string) => void) | undefined;
  /** Keeps everything the server prints. */
  readonly logFile?: string | undefined;
  /** Gives up and ends what was started. */
  readonly signal?: AbortSignal | undefined;
  /** The servers it is one LiveKit with: see cluster.ts. Default: none. */
  readonly cluster?: ClusterMembership | undefined;
}

/** A LiveKit server to use. */
export interface LiveKit extends LiveKitAddress, AsyncDisposable {
  /** One line on where it comes from, e.g. `livekit-server from the cache`. */
  readonly origin: string;
  /** The pid of the server (or of its docker client); undefined when somebody else runs it. */
  readonly pid: number | undefined;
  /** What the server has printed; empty when somebody else runs it. */
  output(): string;
  /** Ends the server, unless somebody else runs it. Twice is the same as once. */
  stop(): Promise<void>;
  /**
   * Ends the server and starts it again, at the same address with the same keys.
   *
   * @throws Error when somebody else runs it.
   */
  restart(): Promise<void>;
}

/**
 * Finds, builds or pulls a LiveKit server and runs it on loopback; see README.md for the order.
 *
 * @throws Error that lists every way when there is none, or with the server's last lines.
 */
export async function startLiveKit(options: LiveKitOptions = {}): Promise<LiveKit> {
  const context = {
    machine: thisMachine(options.env),
    onProgress: options.onProgress ?? ((): void => undefined),
    logFile: options.logFile,
    signal: options.signal,
    cluster: options.cluster,
  };
  const source = await resolveLiveKit(context);
  if (source.kind !== 'binary' && options.cluster !== undefined) {
    throw new Error(
      'Servers that share a Redis need the livekit-server program itself: install it or Go, and leave LIVEKIT_URL empty.',
    );
  }
  if (source.kind === 'running') {
    const { url, apiKey, apiSecret } = source;
    const stop = async (): Promise<void> => undefined;
    const restart = async (): Promise<void> => {
      throw new Error('The server at LIVEKIT_URL is not ours to restart.');
    };
    return asLiveKit({ url, apiKey, apiSecret }, 'the server at LIVEKIT_URL', { stop, restart });
  }
  if (source.kind === 'docker') {
    await pullImage(source.image, context);
  }
  const origin = source.kind === 'docker' ? source.image : `livekit-server from ${source.from}`;
  const server = await startServer(source, context);
  return asLiveKit(server.address, origin, server);
}

function asLiveKit(
  address: LiveKitAddress,
  origin: string,
  server: Pick<StartedServer, 'stop' | 'restart'> & Partial<Pick<StartedServer, 'process'>>,
): LiveKit {
  const stop = (): Promise<void> => server.stop();
  return {
    ...address,
    origin,
    get pid() {
      return server.process?.pid;
    },
    output: () => server.process?.output.lines().join('\n') ?? '',
    stop,
    restart: () => server.restart(),
    [Symbol.asyncDispose]: stop,
  };
}
