import type { CallError, CallObserver, LiveCall } from '../lifecycle/index.js';
import { aborted } from '../lifecycle/pause.js';
import { isBadEnd } from './bad-ends.js';
import type { Sentry } from './sentry-client.js';

/** The deadline comes first, as a rule; this ends the client's own timer. */
const FLUSH_MS = 20_000;

/** Reports the errors and bad ends of calls to Sentry. Without SENTRY_DSN it does nothing. */
export function sentryObserver(sentry: Sentry) {
  return ({ callId }: Pick<LiveCall<unknown>, 'callId'>): CallObserver => ({
    name: 'sentry',
    attach: () => undefined,
    onError(error, recoverable) {
      report(sentry, error, recoverable, { callId });
    },
    async flush({ reason }, deadline) {
      const client = await sentry;
      if (isBadEnd(reason)) {
        client?.message(`A call ended badly: ${reason}`, {
          level: 'error',
          tags: { callId, reason },
        });
      }
      await Promise.race([client?.flush(FLUSH_MS), aborted(deadline)]);
    },
  });
}

/** For `onError` of a definition: reports the errors that belong to no call, of which no observer hears. */
export function reportWithoutCall(sentry: Sentry) {
  return (error: CallError, callId: string | undefined): void => {
    if (callId === undefined) {
      report(sentry, error, false, {});
    }
  };
}

function report(
  sentry: Sentry,
  error: CallError,
  recoverable: boolean,
  call: Readonly<Record<string, string>>,
): void {
  const { code, fault, category } = error;
  const tags = { ...call, code, fault, ...(category === undefined ? {} : { category }) };
  void sentry.then((client) =>
    client?.exception(error, { level: recoverable ? 'warning' : 'error', tags }),
  );
}
