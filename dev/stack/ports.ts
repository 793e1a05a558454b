import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below what systems give to outgoing connections (Linux from 32768 on, others from 49152): there a port that is free now may
 * be the near end of a connection a moment later.
 */
const FIRST = 15_000;
const COUNT = 16_000;

/** Asks for a port; rejects when it is taken. */
type Probe = (port: number) => Promise<void>;

/** Processes that look at the same moment begin at different places. */
let next = Math.floor(Math.random() * COUNT);

/** A TCP port that is free on 127.0.0.1, and given to nobody else by this process. Another process may take it: try again then. */
export function freeTcpPort(): Promise<number> {
  return freePort(async (port) => {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
  });
}

/** A UDP port that is free on 127.0.0.1, and given to nobody else by this process. */
export function freeUdpPort(): Promise<number> {
  return freePort(async (port) => {
    const socket = createSocket('udp4').bind(port, '127.0.0.1');
    await once(socket, 'listening');
    socket.close();
    await once(socket, 'close');
  });
}

/** @throws Error when no port is free, with what was said of the last one. */
async function freePort(probe: Probe): Promise<number> {
  let taken: unknown;
  for (let tries = 0; tries < COUNT; tries += 1) {
    const port = FIRST + next;
    next = (next + 1) % COUNT;
    try {
      await probe(port);
      return port;
    } catch (error) {
      taken = error;
    }
  }
  const last = FIRST + COUNT - 1;
  throw new Error(`no port from ${FIRST} to ${last} is free on 127.0.0.1`, { cause: taken });
}
