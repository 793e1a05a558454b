import type { TargetName } from './state.js';

/** What came of one attempt. */
export type AttemptResult =
  | { readonly delivered: true }
  | {
      readonly delivered: false;
      /** For a person and for the log: what happened and what to do; nothing of the call. */
      readonly reason: string;
      /** The receiver's own words, made fit for a terminal. They may be about the call: not for the log. */
      readonly said?: string;
      /** Trying again cannot help: somebody has to change something. */
      readonly permanent: boolean;
      /** What the receiver asked for. */
      readonly retryAfterMs?: number;
    };

/** A place that records are delivered to. */
export interface DeliveryTarget {
  readonly name: TargetName;
  /**
   * Delivers one finished call, once, with no retries of its own. Sending the same call twice has the effect of
   * sending it once. Ends within `ATTEMPT_MS`.
   *
   * @param folder the call's own
   * @param signal aborted when the worker stops: rejects with its reason then
   * @throws the system's error when the call's files cannot be read; every other failure is a result.
   */
  send(callId: string, folder: string, signal: AbortSignal): Promise<AttemptResult>;
}

/** How long one attempt may take, whatever the receiver does. */
export const ATTEMPT_MS = 60_000;
