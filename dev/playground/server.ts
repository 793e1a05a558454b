import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { playgroundApp } from './app.js';
import { buildPage } from './build-page.js';
import { isLoopback } from './loopback.js';
import { ACCESS_CODE_MIN, type PlaygroundOptions } from './options.js';

export interface StartPlaygroundOptions extends PlaygroundOptions {
  /** Default 127.0.0.1. Any other than a loopback address needs an access code. */
  readonly host?: string;
  /** In a container: the address that its port is published on. Default: `host`. */
  readonly publishedOn?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** The page, built. Default: it is built now, unless it was already. */
  readonly pageFolder?: string;
}

/** The page, being served. */
export interface Playground extends AsyncDisposable {
  /** The address to open. */
  readonly url: string;
  /** Ends the server, whoever is still connected. Twice is the same as once. */
  stop(): Promise<void>;
}

/**
 * Serves the page on which a person talks with the agent, and hands out tokens for it. It asks nobody who they are, so
 * it listens on loopback only, or asks for a code.
 *
 * @throws RangeError for another host without one, Error when the port is taken or the page does not compile.
 */
export async function startPlayground(options: StartPlaygroundOptions): Promise<Playground> {
  const { host = '127.0.0.1', port = 0, interviews, accessCode } = options;
  const reachedAt = options.publishedOn ?? host;
  if (!isLoopback(reachedAt) && (accessCode ?? '').length < ACCESS_CODE_MIN) {
    throw new RangeError(
      `${reachedAt} is no loopback: the playground needs an access code of ${ACCESS_CODE_MIN} characters or more there.`,
    );
  }
  if (interviews.length === 0) {
    throw new RangeError('The playground needs at least one interview to offer.');
  }
  const app = playgroundApp(options, options.pageFolder ?? (await buildPage()));
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void answer(request, response));
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return stopped;
  };
  return { url: urlOf(address), stop, [Symbol.asyncDispose]: stop };
}

function urlOf(address: string | AddressInfo | null): string {
  if (address === null || typeof address === 'string') {
    throw new Error('The playground’s server has no port, though it is listening.');
  }
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}/`;
}
