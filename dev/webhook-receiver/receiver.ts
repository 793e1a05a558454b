import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { whyNotGenuine } from './verify.js';

/** One file of a call, as it arrived. */
export interface ReceivedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A request that was genuine. */
export interface Received {
  /** The call's id. */
  readonly key: string;
  readonly files: readonly ReceivedFile[];
  /** The same call had arrived before: nothing was done with it again. */
  readonly again: boolean;
}

/** How a test has the receiver answer, instead of as it should. */
export type Answering = (
  request: IncomingMessage,
  response: ServerResponse,
  position: number,
) => void;

export interface ReceiverOptions {
  /** The same as the agent's REPORT_WEBHOOK_SECRET. */
  readonly secret: string;
  /** Default 0: any free port. Always on 127.0.0.1. */
  readonly port?: number;
  /** Serve https with this certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Answers every request; the body has been read by then. `position` counts requests from 1. */
  readonly answer?: Answering;
  readonly onReceived?: (received: Received) => void | Promise<void>;
  readonly onRefused?: (why: string) => void;
}

export interface WebhookReceiver extends AsyncDisposable {
  /** What REPORT_WEBHOOK_URL is set to. */
  readonly url: string;
  /** Genuine requests, in order; a call that came twice is there twice. */
  readonly received: readonly Received[];
  /** Requests of any kind, refused ones too. */
  readonly requests: number;
  /** Why the others were refused. */
  readonly refused: readonly string[];
  stop(): Promise<void>;
}

const BODY_MAX_BYTES = 64 * 1_048_576;

/** A receiver of reports as one is written from docs/delivery.md: it checks the signature and takes every call once. */
export async function startWebhookReceiver(options: ReceiverOptions): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const refused: string[] = [];
  let requests = 0;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    requests += 1;
    const position = requests;
    void take(request, options, received).then(
      (outcome) => {
        if (typeof outcome === 'string') {
          refused.push(outcome);
          options.onRefused?.(outcome);
          response.writeHead(401).end(outcome);
          return;
        }
        if (options.answer !== undefined) {
          options.answer(request, response, position);
          return;
        }
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ taken: !outcome.again }));
      },
      () => response.destroy(),
    );
  };
  const server =
    options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The receiver has no port, though it is listening.');
  }
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return stopped;
  };
  const scheme = options.tls === undefined ? 'http' : 'https';
  return {
    url: `${scheme}://127.0.0.1:${address.port}/reports`,
    received,
    refused,
    get requests() {
      return requests;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** What was received, or why it is not believed. */
async function take(
  request: IncomingMessage,
  { secret, onReceived }: ReceiverOptions,
  received: Received[],
): Promise<Received | string> {
  const body = await bodyOf(request);
  const why = whyNotGenuine(
    request.headers['steadfast-signature']?.toString(),
    body,
    secret,
    Date.now(),
  );
  const key = request.headers['idempotency-key']?.toString();
  if (why !== undefined || key === undefined) {
    return why ?? 'there is no Idempotency-Key';
  }
  const again = received.some((earlier) => earlier.key === key);
  const message = { key, files: await filesOf(body, request.headers['content-type'] ?? ''), again };
  received.push(message);
  await onReceived?.(message);
  return message;
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > BODY_MAX_BYTES) {
      throw new Error('The body is too large.');
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

async function filesOf(body: Uint8Array<ArrayBuffer>, type: string): Promise<ReceivedFile[]> {
  // For a tool on loopback, whose bodies are bounded, it does; a server in production takes a multipart library.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const form = await new Response(body, { headers: { 'Content-Type': type } }).formData();
  const files: ReceivedFile[] = [];
  for (const [name, part] of form) {
    const blob = typeof part === 'string' ? new Blob([part]) : part;
    files.push({ name, type: blob.type, bytes: new Uint8Array(await blob.arrayBuffer()) });
  }
  return files;
}
