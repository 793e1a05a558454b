import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { HandshakeTrouble } from './faults/fault.js';
import type { ErrorBody } from './protocol/errors.js';
import { newId } from './protocol/ids.js';

/** The service's answer to a request without the right key. */
export const wrongKey: ErrorBody = {
  type: 'invalid_request_error',
  code: 'invalid_api_key',
  message: 'Incorrect API key provided. The simulator takes the key in SIMULATOR_API_KEY.',
  param: null,
};

/** Answers an upgrade request with an HTTP error, as the service does, and ends the connection. */
export function refuseUpgrade(
  socket: Duplex,
  status: number,
  error: ErrorBody,
  retryAfterSeconds?: number,
): void {
  const body = JSON.stringify({ error });
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${newId('req')}`,
    ...(retryAfterSeconds === undefined ? [] : [`Retry-After: ${retryAfterSeconds}`]),
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** Answers an upgrade request with whatever it is given, bit by bit, until the client has had enough. */
export async function answerRaw(
  socket: Duplex,
  { parts, everyMs = 20, then }: Omit<Extract<HandshakeTrouble, { kind: 'raw' }>, 'kind'>,
  stopped: AbortSignal,
): Promise<void> {
  for (let n = 0; !socket.destroyed && (n < parts.length || then === 'repeat'); n += 1) {
    socket.write(parts[Math.min(n, parts.length - 1)] ?? '', 'latin1');
    await setTimeout(everyMs, undefined, { signal: stopped });
  }
  if (then === 'end') {
    socket.end();
  }
}

/** Whether the request's key, as Bearer token or Azure's `api-key`, is the right one. */
export function hasKey(
  headers: { readonly authorization: string | undefined; readonly apiKey: unknown },
  key: string,
): boolean {
  return headers.authorization === `Bearer ${key}` || headers.apiKey === key;
}
