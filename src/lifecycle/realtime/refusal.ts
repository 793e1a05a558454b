import type { IncomingMessage } from 'node:http';
import { parseJson } from '../../parse-json.js';
import type { ConnectionError } from './connection-error.js';
import { errorOf } from './server-event.js';
import { fromHttp } from './service-errors.js';

/** A refusal's body is a few hundred bytes; nobody waits for more, or for long. */
const LONGEST_BODY_BYTES = 16_384;
const BODY_DEADLINE_MS = 100;

/** What a refused upgrade says: status, Retry-After, and the service's own words from the body. Never rejects. */
export async function readRefusal(response: IncomingMessage): Promise<ConnectionError> {
  const error = errorOf(parseJson(await bodyOf(response)));
  const retryAfterMs = retryAfter(response.headers['retry-after'], Date.now());
  return fromHttp(response.statusCode ?? 0, error, retryAfterMs);
}

/** Retry-After in milliseconds: seconds, or a date (RFC 9110, 10.2.3). */
export function retryAfter(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined || header.trim() === '') {
    return undefined;
  }
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - nowMs : seconds * 1_000;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function bodyOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let body = '';
    const done = (): void => {
      clearTimeout(timer);
      resolve(body);
    };
    const timer = setTimeout(done, BODY_DEADLINE_MS);
    response
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        body += chunk;
        if (body.length > LONGEST_BODY_BYTES) {
          done();
        }
      })
      .on('end', done)
      .on('close', done)
      .on('error', done);
  });
}
