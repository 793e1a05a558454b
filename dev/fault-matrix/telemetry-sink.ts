import { once } from 'node:events';
import { createServer } from 'node:http';

/** Takes what the Sentry client sends, in place of Sentry. */
export interface TelemetrySink extends AsyncDisposable {
  /** The SENTRY_DSN that leads here, with `key` in it. */
  dsn(key: string): string;
  /** Everything received so far that names `text`. */
  about(text: string): string[];
}

/** Listens on a free port of 127.0.0.1. */
export async function startTelemetrySink(): Promise<TelemetrySink> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      received.push(Buffer.concat(chunks).toString('utf8'));
      response.end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    dsn: (key) => `http://${key}@127.0.0.1:${port}/1`,
    about: (text) => received.filter((body) => body.includes(text)),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
