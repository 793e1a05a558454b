/** Why a connection failed, in words that logs, metrics and outcomes share. */
export const CONNECTION_ERROR_CATEGORIES = [
  /** Wrong or revoked key. */
  'authentication',
  /** No credit, or a hard limit of the account. */
  'quota',
  /** Too many requests, for now. */
  'rate-limit',
  /** The service failed. */
  'server',
  /** The service could not be reached, or the connection was cut. */
  'connectivity',
  /** What came, or what we sent, was not understood. */
  'protocol',
  /** A reply was asked for, or begun, and did not go on. */
  'stall',
  /** The connection is open and nobody answers on it. */
  'idle',
] as const;

export type ConnectionErrorCategory = (typeof CONNECTION_ERROR_CATEGORIES)[number];

export interface ConnectionErrorDetails {
  readonly category: ConnectionErrorCategory;
  /** Whether trying again cannot help. */
  readonly fatal?: boolean;
  /** HTTP status, when the upgrade was refused. */
  readonly status?: number;
  /** How long the service asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** WebSocket close code (RFC 6455, 7.4). */
  readonly closeCode?: number;
  /** What the caller was just saying did not arrive, and no event tells of it. */
  readonly wordsLost?: boolean;
}

/** The service's own words are repeated in logs and records; nobody needs more of them. */
const LONGEST_MESSAGE = 500;

/** One connection to the model that failed to open, or was lost. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly category: ConnectionErrorCategory;
  readonly fatal: boolean;
  readonly wordsLost: boolean;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly closeCode?: number;

  constructor(message: string, details: ConnectionErrorDetails) {
    super(withoutKeys(message.slice(0, LONGEST_MESSAGE)));
    const { category, fatal = false, status, retryAfterMs, closeCode } = details;
    this.category = category;
    this.fatal = fatal;
    this.wordsLost = details.wordsLost ?? false;
    if (status !== undefined) {
      this.status = status;
    }
    if (retryAfterMs !== undefined) {
      this.retryAfterMs = retryAfterMs;
    }
    if (closeCode !== undefined) {
      this.closeCode = closeCode;
    }
  }
}

/** The supervisor has stopped trying. Its category is that of the last failure. */
export class GaveUpError extends Error {
  override readonly name = 'GaveUpError';
  override readonly cause: ConnectionError;

  constructor(why: string, cause: ConnectionError) {
    super(why, { cause });
    this.cause = cause;
  }

  get category(): ConnectionErrorCategory {
    return this.cause.category;
  }

  /** Whether the service refused us for good, rather than failed. */
  get refused(): boolean {
    return this.cause.fatal;
  }
}

/** A key at the beginning of a word; in JSON that is also the end of an escape, as in a line break. */
const KEY = /(?:(?<![A-Za-z0-9])|(?<=\\(?:[bfnrt]|u[\da-fA-F]{4})))(sk|ek)-[\w*-]{4,}/g;

/** The service quotes the key it refuses; nothing that we tell, log or keep may (realtime-faults facts, U10). */
export function withoutKeys(text: string): string {
  return text.replaceAll(KEY, '$1-…');
}
