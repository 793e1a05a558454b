import { z } from 'zod';

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNIT_MS;

const DURATION = /^(?<amount>\d+(?:\.\d+)?)(?<unit>ms|s|m|h|d)$/;
const BARE_NUMBER = /^\d+(?:\.\d+)?$/;

/** A duration that cannot be used. The message says what is wrong and how to write it. */
export class DurationError extends Error {
  override readonly name = 'DurationError';
}

/**
 * Turns "27m", "90s", "1500ms", "1h" or "90d" into milliseconds; a day has 24 hours. A bare number is refused: whether 27 means minutes,
 * seconds or milliseconds is a guess, and a wrong guess makes an agent reconnect for ever.
 *
 * @throws DurationError
 */
export function parseDuration(text: string): number {
  const { amount, unit } = DURATION.exec(text.trim())?.groups ?? {};
  if (amount === undefined || !isUnit(unit)) {
    throw new DurationError(
      BARE_NUMBER.test(text.trim())
        ? `is a number without a unit; write "${text.trim()}s" for seconds, "${text.trim()}m" for minutes`
        : 'is not a duration; write a number and a unit, such as "1500ms", "90s", "27m", "1h" or "90d"',
    );
  }
  return Math.round(Number(amount) * UNIT_MS[unit]);
}

/** Writes milliseconds the way `parseDuration` reads them, in the largest unit that divides them. */
export function formatDuration(durationMs: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    if (durationMs > 0 && durationMs % UNIT_MS[unit] === 0) {
      return `${durationMs / UNIT_MS[unit]}${unit}`;
    }
  }
  return `${durationMs}ms`;
}

/**
 * A schema for a written duration between two written durations, both included; its output is in
 * milliseconds.
 */
export function duration(bounds: { readonly min: string; readonly max: string }) {
  const minMs = parseDuration(bounds.min);
  const maxMs = parseDuration(bounds.max);
  return z.string().transform((text, context) => {
    try {
      const durationMs = parseDuration(text);
      if (durationMs >= minMs && durationMs <= maxMs) {
        return durationMs;
      }
      context.addIssue(
        `is ${formatDuration(durationMs)}; it must lie within ${bounds.min} and ${bounds.max}`,
      );
    } catch (error) {
      context.addIssue(error instanceof Error ? error.message : String(error));
    }
    return z.NEVER;
  });
}

function isUnit(text: string | undefined): text is Unit {
  return text !== undefined && text in UNIT_MS;
}
