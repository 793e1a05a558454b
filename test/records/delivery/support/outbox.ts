import type { DeliveryTarget } from '../../../../src/records/delivery/target.js';
import { deliverCall, type DeliverOptions } from '../../../../src/records/delivery/deliver-call.js';
import { readState } from '../../../../src/records/delivery/state.js';
import { webhookTarget } from '../../../../src/records/delivery/webhook/webhook-target.js';

export const SECRET = 'a-secret-of-a-test-that-is-long-enough';

/** A log that remembers its lines, without the fields of time. */
export function keptLog() {
  const lines: [level: string, message: string, fields: object][] = [];
  const write = (level: string) => (fields: object, message: string) => {
    lines.push([level, message, fields]);
  };
  return { lines, info: write('info'), warn: write('warn'), error: write('error') };
}

/** One outbox with its own clock, which stands until it is moved. */
export function outbox(targets: readonly DeliveryTarget[], startMs = Date.now()) {
  const log = keptLog();
  const stop = new AbortController();
  let nowMs = startMs;
  const options: DeliverOptions = {
    targets,
    log,
    signal: stop.signal,
    now: () => nowMs,
    random: () => 0.5,
  };
  return {
    log,
    stop,
    /** Moves the clock to when the target may be tried again, and answers by how much. */
    async untilNext(folder: string, name: 'webhook' | 's3' = 'webhook'): Promise<number> {
      const state = (await readState(folder))[name];
      if (state?.state !== 'pending') {
        throw new Error(`${name} is not pending but ${String(state?.state)}`);
      }
      const waitMs = Date.parse(state.nextAt) - nowMs;
      nowMs = Date.parse(state.nextAt);
      return waitMs;
    },
    advance(ms: number): void {
      nowMs += ms;
    },
    deliver: (folder: string, anew?: boolean) =>
      deliverCall(folder, { ...options, ...(anew === undefined ? {} : { anew }) }),
  };
}

/** The webhook as it is used, with a short patience. */
export function hook(url: string, timeoutMs = 10_000): DeliveryTarget {
  return webhookTarget({ url, secret: SECRET, timeoutMs });
}
