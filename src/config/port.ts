import { once } from 'node:events';
import { createServer } from 'node:net';
import { ConfigError } from './config-error.js';

/**
 * Makes sure that the worker's health endpoint can listen. The framework would end with a stack trace.
 *
 * @throws ConfigError when the port is taken, or the address is not one of this machine.
 */
export async function checkPort({ host, port }: { host: string; port: number }): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw new ConfigError([problemOf(error, host, port)]);
  }
  server.close();
  await once(server, 'close');
}

function problemOf(error: unknown, host: string, port: number) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EADDRINUSE'
    ? {
        variable: 'WORKER_PORT',
        problem: `is ${port}, and something else listens there already`,
        remedy: 'Set another port; each worker on a machine needs its own.',
      }
    : {
        variable: 'WORKER_HOST',
        problem: `is ${host}, and nothing can listen there on port ${port} (${String(code ?? error)})`,
        remedy: 'Set an address of this machine, such as 127.0.0.1, and a port above 1023.',
      };
}
