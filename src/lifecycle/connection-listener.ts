import type { CallLifecycle } from './call-lifecycle.js';
import type { CallerExperience } from './caller-experience.js';
import type { CallLog } from './log.js';
import type { ConnectionListener } from './realtime/guard-options.js';
import { fromConnectionError } from './session-errors.js';

/** What the model's connection does, as the call's state and, when it is gone for good, as the call's end. */
export function connectionListener(
  lifecycle: Pick<CallLifecycle, 'recovering' | 'recovered' | 'report' | 'trouble' | 'happened'>,
  experience: Pick<CallerExperience, 'replyOutstanding' | 'replyFailed' | 'replyLost'>,
  log: CallLog,
): ConnectionListener {
  return {
    reconnecting: ({ cause, ...event }) => {
      const error = fromConnectionError(cause);
      log.warn({ ...event, cause: error.toJSON() }, 'model reconnecting');
      lifecycle.recovering(cause.message);
      lifecycle.trouble({ type: 'reconnecting', ...event, cause: error });
    },
    reconnected: (event) => {
      log.info(event, 'model reconnected');
      lifecycle.recovered();
      lifecycle.trouble({ type: 'reconnected', ...event });
    },
    renewed: (event) => {
      log.info(event, 'model connection renewed before its time was up');
      lifecycle.happened({ type: 'model-renewed', downMs: event.downMs });
    },
    replyOutstanding: (is) => experience.replyOutstanding(is),
    replyFailed: (error) => experience.replyFailed(error),
    replyLost: (cause) => experience.replyLost(cause),
    gaveUp: (error) => lifecycle.report(fromConnectionError(error), false),
  };
}
