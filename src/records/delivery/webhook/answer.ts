import type { AttemptResult } from '../target.js';

/** What a receiver answered, as far as anybody cares. */
export interface Answer {
  readonly status: number;
  /** The beginning of the body. */
  readonly said: string;
  /** The `Retry-After` header. */
  readonly retryAfter: string | undefined;
  /** The `Location` header. */
  readonly location: string | undefined;
}

/**
 * Client errors that may pass by themselves: too slow, the same key being worked on, too early, too many. Any other
 * says that the request is wrong, and the same request will be wrong again.
 */
const PASSING = new Set([408, 409, 425, 429]);
const SAID_MAX = 200;
/** C0, DEL, C1 and what changes the direction of writing: the text ends up on a terminal. */
const CONTROL = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** What an answer means for the delivery. */
export function resultOf(answer: Answer, nowMs: number): AttemptResult {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    return { delivered: true };
  }
  if (status >= 300 && status < 400) {
    return {
      delivered: false,
      permanent: true,
      reason: `The receiver answered ${status}, which points ${elsewhere(answer.location)}: redirects are not followed; set REPORT_WEBHOOK_URL to the final address.`,
    };
  }
  const permanent = status >= 400 && status < 500 && !PASSING.has(status);
  const said = answer.said.replace(CONTROL, ' ').trim().slice(0, SAID_MAX);
  const retryAfterMs = retryAfterMsOf(answer.retryAfter, nowMs);
  return {
    delivered: false,
    permanent,
    reason: `The receiver answered ${status}.`,
    ...(said === '' ? {} : { said }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function elsewhere(location: string | undefined): string {
  return location !== undefined && URL.canParse(location)
    ? `to ${new URL(location).origin}`
    : 'elsewhere';
}

/** Seconds, or a date; anything else is not there. */
function retryAfterMsOf(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) {
    return undefined;
  }
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
