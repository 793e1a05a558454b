import type { CallLifecycle } from './call-lifecycle.js';
import type { CallLog } from './log.js';
import type { ConnectionListener } from './realtime/guard-options.js';
import { fromConnectionError } from './session-errors.js';

/** What the model's connection does, as the call's state and, when it is gone for good, as the call's end. */
export function connectionListener(
  lifecycle: Pick<CallLifecycle, 'recovering' | 'recovered' | 'report'>,
  log: CallLog,
): ConnectionListener {
  return {
    reconnecting: ({ cause, ...event }) => {
      log.warn({ ...event, cause: fromConnectionError(cause).toJSON() }, 'model reconnecting');
      lifecycle.recovering(cause.message);
    },
    reconnected: (event) => {
      log.info(event, 'model reconnected');
      lifecycle.recovered();
    },
    renewed: (event) => log.info(event, 'model connection renewed before its time was up'),
    gaveUp: (error) => lifecycle.report(fromConnectionError(error), false),
  };
}
