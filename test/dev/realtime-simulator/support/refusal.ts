import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { TestClient } from './test-client.js';

interface Refusal {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** The HTTP answer to an upgrade that was refused. */
export async function refusal(client: TestClient): Promise<Refusal> {
  const response = await new Promise<IncomingMessage>((resolve) => {
    client.socket.once('unexpected-response', (_request, answer) => resolve(answer));
  });
  return {
    status: response.statusCode,
    headers: response.headers,
    body: await json(response),
  };
}
