import { CallError } from '../errors.js';
import { checkDuration } from '../check-duration.js';

export interface BudgetOptions {
  /** Attempts in a row without a completed response, failed to open or died young; 1 to 20. */
  readonly attemptsInARow: number;
  /** Attempts within a minute; a completed response gives one back. At least `attemptsInARow`. */
  readonly perMinute: number;
  /** Attempts within ten minutes, whatever they achieved. At least `perMinute`. */
  readonly perTenMinutes: number;
  /** From the first failure, or the loss, to a connection again; 100 to 120 000. */
  readonly outageMs: number;
}

/** Anchors: peers-under-faults facts, 5 (3 and 4). Twenty seconds of silence is as long as anybody stays on a line. */
export const DEFAULT_BUDGET: BudgetOptions = {
  attemptsInARow: 4,
  perMinute: 6,
  perTenMinutes: 30,
  outageMs: 20_000,
};

const MINUTE_MS = 60_000;
const TEN_MINUTES_MS = 10 * MINUTE_MS;

/** How often a connection may be tried. Knows no clock: every question carries the time, in milliseconds. */
export class ConnectionBudget {
  readonly #options: BudgetOptions;
  /** Attempts of the last ten minutes, oldest first. */
  #attempts: number[] = [];
  /** Those of the last minute that no completed response has given back. */
  #unpaid: number[] = [];

  /** @throws {CallError} `OUT_OF_RANGE` for bounds that contradict each other, by name. */
  constructor(options: BudgetOptions = DEFAULT_BUDGET) {
    checkCount('attemptsInARow', options.attemptsInARow, 1, 20);
    checkCount('perMinute', options.perMinute, options.attemptsInARow, 60);
    checkCount('perTenMinutes', options.perTenMinutes, options.perMinute, 600);
    checkDuration('outageMs', options.outageMs, 100, 120_000);
    this.#options = options;
  }

  get attemptsInARow(): number {
    return this.#options.attemptsInARow;
  }

  /**
   * Why no attempt may be made at `atMs`, in words that end "…; last: HTTP 500", or `undefined` when it may.
   *
   * @param failures attempts in a row that came to nothing
   * @param outageSinceMs when the first of them failed, or the connection was lost
   */
  refusal(atMs: number, failures: number, outageSinceMs: number): string | undefined {
    this.#forget(atMs);
    const { attemptsInARow, perMinute, perTenMinutes, outageMs } = this.#options;
    if (failures >= attemptsInARow) {
      return `${failures} attempts in a row without a completed response`;
    }
    if (atMs - outageSinceMs >= outageMs) {
      return `no connection within ${outageMs} ms`;
    }
    if (this.#unpaid.length >= perMinute) {
      return `${perMinute} connections within a minute`;
    }
    if (this.#attempts.length >= perTenMinutes) {
      return `${perTenMinutes} connections within ten minutes`;
    }
    return undefined;
  }

  /** How much of the outage's time is left at `atMs`. */
  leftMs(atMs: number, outageSinceMs: number): number {
    return outageSinceMs + this.#options.outageMs - atMs;
  }

  attempted(atMs: number): void {
    this.#attempts.push(atMs);
    this.#unpaid.push(atMs);
  }

  /** A response was completed: one attempt of the last minute is given back. */
  completed(): void {
    this.#unpaid.shift();
  }

  #forget(atMs: number): void {
    this.#attempts = this.#attempts.filter((one) => atMs - one < TEN_MINUTES_MS);
    this.#unpaid = this.#unpaid.filter((one) => atMs - one < MINUTE_MS);
  }
}

function checkCount(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) {
    return;
  }
  throw new CallError(`${name} is ${value}, outside ${least} to ${most}`, {
    code: 'OUT_OF_RANGE',
    fault: 'application',
    remedy: `Give ${name} as a whole number between ${least} and ${most}.`,
  });
}
