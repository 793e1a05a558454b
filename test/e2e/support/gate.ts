import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A door in front of a TCP port, which a test can shut. */
export interface Gate extends AsyncDisposable {
  readonly port: number;
  /** Cuts every connection, and lets nobody in. */
  shut(): void;
  open(): void;
}

/** Passes everything on to a port of this machine. */
export async function gateTo(port: number): Promise<Gate> {
  let isOpen = true;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (!isOpen) {
      client.destroy();
      return;
    }
    const behind = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The gate has no port.');
  }
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: address.port,
    shut: () => {
      isOpen = false;
      cut();
    },
    open: () => {
      isOpen = true;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}
