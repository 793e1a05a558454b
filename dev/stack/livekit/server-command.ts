import { randomBytes } from 'node:crypto';
import type { LiveKitSource } from './source.js';

/** How a server is started, and what to run when it has been stopped. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** A killed docker client leaves its container behind; this removes it. */
  readonly cleanUp?: { readonly command: string; readonly args: readonly string[] };
}

/**
 * The command for a source. The configuration travels in the environment: a command line can be read by
 * everybody on the machine. Nothing else of our environment does, because the server would take
 * LIVEKIT_KEYS, NODE_IP, UDP_PORT and REDIS_HOST from it.
 */
export function serverCommand(
  source: Exclude<LiveKitSource, { kind: 'running' }>,
  config: string,
  ports: { readonly httpPort: number; readonly udpPort: number },
  env: NodeJS.ProcessEnv = process.env,
): ServerCommand {
  const own = { PATH: env['PATH'], HOME: env['HOME'], TMPDIR: env['TMPDIR'] };
  const bare = { ...own, LIVEKIT_CONFIG: config };
  if (source.kind === 'binary') {
    return { command: source.path, args: [], env: bare };
  }
  const name = `steadfast-livekit-${randomBytes(4).toString('hex')}`;
  const http = `127.0.0.1:${String(ports.httpPort)}:${String(ports.httpPort)}`;
  const udp = `127.0.0.1:${String(ports.udpPort)}:${String(ports.udpPort)}/udp`;
  return {
    command: 'docker',
    // "-e NAME" without a value takes it from the client's environment.
    args: [
      'run',
      '--rm',
      '--name',
      name,
      '-p',
      http,
      '-p',
      udp,
      '-e',
      'LIVEKIT_CONFIG',
      source.image,
    ],
    env: { ...dockerEnv(env), ...bare },
    cleanUp: { command: 'docker', args: ['rm', '--force', name] },
  };
}

/** DOCKER_HOST and the like say where the engine is. */
function dockerEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('DOCKER_')));
}
