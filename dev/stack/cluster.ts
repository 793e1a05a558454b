import { join } from 'node:path';
import { startLiveKit, type LiveKit, type LiveKitOptions } from './livekit.js';
import { thisMachine } from './livekit/machine.js';
import { newKeyPair } from './livekit/start-server.js';
import { startRedis, type Redis } from './redis.js';

/** What {@link startCluster} must and may be told. */
export interface ClusterOptions {
  /** How many LiveKit servers. */
  readonly nodes: number;
  /** Where the programs are looked for. Default: our own environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Keeps what each piece prints. */
  readonly logFolder?: string;
  readonly onProgress?: LiveKitOptions['onProgress'];
  readonly signal?: AbortSignal | undefined;
}

/** Several LiveKit servers that are one: a room lives on one of them and can be joined through each. */
export interface Cluster extends AsyncDisposable {
  readonly redis: Redis;
  /** All with the same key pair. */
  readonly nodes: readonly LiveKit[];
  /** Ends the servers, then Redis. */
  stop(): Promise<void>;
}

/**
 * Starts LiveKit servers that share a Redis, all on loopback. Servers of their own, also where LIVEKIT_URL names one.
 *
 * @throws Error with what to do when Redis or the livekit-server program cannot be had; what was started is ended.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { logFolder, onProgress, signal } = options;
  const env = { ...(options.env ?? process.env), LIVEKIT_URL: '' };
  const logFile = (name: string): string | undefined =>
    logFolder === undefined ? undefined : join(logFolder, `${name}.log`);
  const redis = await startRedis({
    machine: thisMachine(env),
    logFile: logFile('redis'),
    signal,
  });
  const nodes: LiveKit[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()));
    await redis.stop();
  };
  try {
    const cluster = { redisAddress: redis.address, ...newKeyPair() };
    for (let number = 1; number <= options.nodes; number += 1) {
      const log = logFile(`livekit-${String(number)}`);
      nodes.push(await startLiveKit({ cluster, env, logFile: log, onProgress, signal }));
    }
    return { redis, nodes, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
