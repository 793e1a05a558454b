import { tmpdir } from 'node:os';
import { findPackaged, type Found, type PackagedProgram } from './find-packaged.js';
import { thisMachine, type Machine } from './livekit/machine.js';
import { freeTcpPort } from './ports.js';
import { startProcess } from './process.js';

const READY_DEADLINE_MS = 15_000;

const REDIS: PackagedProgram = {
  names: ['redis-server'],
  variable: 'REDIS_SERVER_BIN',
  packages: ['redis-server'],
  missing:
    'no redis-server on PATH; install it (Debian: apt-get install redis-server), or name it in REDIS_SERVER_BIN',
};

/** A Redis on loopback, empty at its start and forgotten at its end. */
export interface Redis extends AsyncDisposable {
  /** Host and port, as LiveKit's configuration takes them. */
  readonly address: string;
  readonly pid: number;
  output(): string;
  stop(): Promise<void>;
}

/** A Redis server program; without one, what needs several LiveKit nodes is skipped. */
export function findRedisServer(machine: Machine = thisMachine()): Promise<Found> {
  return findPackaged(REDIS, machine);
}

/** What {@link startRedis} may be told. */
export interface RedisOptions {
  readonly machine?: Machine;
  /** Keeps everything it prints. */
  readonly logFile?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a Redis on a free loopback port. It keeps nothing on disk.
 *
 * @throws Error with what to do when there is no Redis, or with its last lines when it does not come up.
 */
export async function startRedis(options: RedisOptions = {}): Promise<Redis> {
  const { machine = thisMachine(), logFile, signal } = options;
  const program = await findRedisServer(machine);
  if ('missing' in program) {
    throw new Error(`No Redis can be had here: ${program.missing}.`);
  }
  const port = await freeTcpPort();
  const redis = await startProcess({
    name: 'redis-server',
    command: program.path,
    args: [
      ...['--bind', '127.0.0.1', '--port', String(port)],
      ...['--save', '', '--appendonly', 'no', '--daemonize', 'no'],
    ],
    cwd: tmpdir(),
    env: { PATH: machine.env['PATH'] },
    logFile,
    signal,
  });
  const stop = (): Promise<void> => redis.stop().then(() => undefined);
  try {
    await redis.waitForLine((line) => line.includes('Ready to accept connections'), {
      deadlineMs: READY_DEADLINE_MS,
      what: 'its readiness',
      signal,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address: `127.0.0.1:${String(port)}`,
    pid: redis.pid,
    output: () => redis.output.lines().join('\n'),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
