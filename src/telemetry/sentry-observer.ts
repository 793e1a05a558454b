import { log } from '@livekit/agents';
import type { Config } from '../config/schema.js';
import type { CallEndReason, CallObserver, LiveCall } from '../lifecycle/index.js';
import { aborted } from '../lifecycle/pause.js';
import { openSentry, type SentryClient } from './sentry-client.js';

/**
 * Ends that somebody has to look into. Callers who leave, and workers that are told to stop, are ordinary.
 */
const BAD_ENDS: ReadonlySet<CallEndReason> = new Set([
  'model-unavailable',
  'model-refused',
  'livekit-lost',
  'crashed',
]);

/** The deadline comes first, as a rule; this ends the client's own timer. */
const FLUSH_MS = 20_000;

/**
 * Reports the errors and bad ends of calls to Sentry. Without SENTRY_DSN it does nothing. The client is
 * opened now and not when something goes wrong: opening it takes half a second, which the caller would hear.
 */
export function sentryObserver(
  config: Config,
  open: (config: Config) => Promise<SentryClient | undefined> = openSentry,
) {
  const opened = config.sentry === undefined ? Promise.resolve(undefined) : open(config);
  const client = opened.catch((error: unknown) => {
    log().error({ error }, 'Sentry could not be opened; errors are logged only.');
    return undefined;
  });

  return ({ callId }: LiveCall<unknown>): CallObserver => ({
    name: 'sentry',
    attach: () => undefined,
    onError(error, recoverable) {
      const tags = { callId, code: error.code, fault: error.fault };
      void client.then((sentry) =>
        sentry?.exception(error, { level: recoverable ? 'warning' : 'error', tags }),
      );
    },
    async flush({ reason }, deadline) {
      const sentry = await client;
      if (BAD_ENDS.has(reason)) {
        sentry?.message(`A call ended badly: ${reason}`, {
          level: 'error',
          tags: { callId, reason },
        });
      }
      await Promise.race([sentry?.flush(FLUSH_MS), aborted(deadline)]);
    },
  });
}
