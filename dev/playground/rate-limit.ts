import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

export interface RateLimitOptions {
  /** How often each may, in any stretch of time of that length; all together may ten times as often. */
  readonly limit: number;
  readonly windowMs: number;
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number;
}

const ALL_TOGETHER = 10;

/** Counts what happened lately, by whom, and says whether one more is allowed. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  #taken: readonly { readonly by: string; readonly atMs: number }[] = [];

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** Takes one and returns 0, or returns how many milliseconds it is until one is free. */
  take(by: string): number {
    const { limit, windowMs, now = () => performance.now() } = this.#options;
    const nowMs = now();
    // Never more than all together may: the memory of it is bounded, too.
    this.#taken = this.#taken.filter(({ atMs }) => nowMs - atMs < windowMs);
    const theirs = this.#taken.filter((one) => one.by === by);
    const waitMs = Math.max(
      waitFor(theirs, limit, nowMs - windowMs),
      waitFor(this.#taken, limit * ALL_TOGETHER, nowMs - windowMs),
    );
    if (waitMs === 0) {
      this.#taken = [...this.#taken, { by, atMs: nowMs }];
    }
    return waitMs;
  }
}

function waitFor(
  taken: readonly { readonly atMs: number }[],
  limit: number,
  windowStartMs: number,
): number {
  const oldest = taken[0];
  return taken.length >= limit && oldest !== undefined ? oldest.atMs - windowStartMs : 0;
}

/** Who asks, as far as addresses tell. What a client says of itself counts only when a proxy has appended to it. */
export function clientOf(context: Context, behindProxy: boolean): string {
  const forwarded = behindProxy
    ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
    : undefined;
  return forwarded ?? addressOf(context) ?? 'unknown';
}

function addressOf(context: Context): string | undefined {
  try {
    return getConnInfo(context).remote.address;
  } catch {
    // No connection: a request that was made by hand.
    return undefined;
  }
}
