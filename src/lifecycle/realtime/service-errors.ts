import { ConnectionError, type ConnectionErrorCategory } from './connection-error.js';

/** An error as the service words it, in an `error` event, a failed response or a refused upgrade. */
export interface ServiceError {
  readonly type?: string | null | undefined;
  readonly code?: string | null | undefined;
  readonly message?: string | null | undefined;
}

interface Meaning {
  readonly category: ConnectionErrorCategory;
  readonly fatal?: true;
}

const AUTHENTICATION: Meaning = { category: 'authentication', fatal: true };
const QUOTA: Meaning = { category: 'quota', fatal: true };

/** Codes and types with a meaning of their own; all others follow from where they were found. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  invalid_api_key: AUTHENTICATION,
  account_deactivated: AUTHENTICATION,
  insufficient_quota: QUOTA,
  billing_hard_limit_reached: QUOTA,
  rate_limit_exceeded: { category: 'rate-limit' },
  rate_limit_error: { category: 'rate-limit' },
  server_error: { category: 'server' },
  session_expired: { category: 'server' },
};

/** Statuses no repetition changes; 408, 425, 429 and 5xx pass, and a redirect is a proxy's passing trouble. */
const HTTP: Readonly<Record<number, Meaning>> = {
  400: { category: 'protocol', fatal: true },
  401: AUTHENTICATION,
  402: QUOTA,
  403: AUTHENTICATION,
  404: { category: 'protocol', fatal: true },
  429: { category: 'rate-limit' },
};

/** Close codes that say we are at fault: protocol error, unsupported data, invalid payload, policy (RFC 6455, 7.4.1). */
const FATAL_CLOSE_CODES: ReadonlySet<number> = new Set([1002, 1003, 1007, 1008]);

/** An `error` event, or the error of a failed response. */
export function fromServiceError(error: ServiceError, what: string): ConnectionError {
  const name = error.code || error.type || 'unknown';
  const meaning = meaningOf(error) ?? { category: 'server' };
  return new ConnectionError(`${what}: ${name}: ${error.message ?? ''}`, meaning);
}

/** A refused upgrade. A spent quota is also a 429, told apart by its body. */
export function fromHttp(
  status: number,
  error: ServiceError | undefined,
  retryAfterMs?: number,
): ConnectionError {
  const general = HTTP[status] ?? { category: status >= 500 ? 'server' : 'protocol' };
  const words = error?.message ? `: ${error.message}` : '';
  return new ConnectionError(`the service answered HTTP ${status}${words}`, {
    ...((error && meaningOf(error)) ?? general),
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** A connection that closed. 1006 means: without a word. */
export function fromClose(closeCode: number, reason: string, when: string): ConnectionError {
  const words = reason === '' ? '' : `: ${reason}`;
  const message = `the connection was closed ${when} (${closeCode}${words})`;
  if (FATAL_CLOSE_CODES.has(closeCode)) {
    return new ConnectionError(message, { category: 'protocol', fatal: true, closeCode });
  }
  const category = closeCode === 1011 || closeCode === 1013 ? 'server' : 'connectivity';
  return new ConnectionError(message, { category, closeCode });
}

/** The socket's own error: refused, reset, no such host, TLS, or a frame that breaks the protocol. */
export function fromSocket(error: Error): ConnectionError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = error.message || code || 'socket error';
  const category = code.startsWith('WS_ERR') ? 'protocol' : 'connectivity';
  return new ConnectionError(message, { category });
}

function meaningOf({ code, type }: ServiceError): Meaning | undefined {
  return MEANINGS[code ?? ''] ?? MEANINGS[type ?? ''];
}
