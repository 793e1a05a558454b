import { aborted } from '../lifecycle/pause.js';
import type { Sentry } from '../telemetry/sentry-client.js';
import type { BesideCalls } from './beside-calls.js';
import { watchEndedProcesses } from './child-processes.js';

/** What is not sent within this time of the worker's end is lost. */
const FLUSH_MS = 5_000;

/** Reports the calls whose process was gone before they were closed: killed, or out of memory. They cannot do it themselves. */
export function reportLostCalls(sentry: Sentry): BesideCalls {
  return {
    begin() {
      watchEndedProcesses(({ callId, code, signal }) => {
        if (callId !== undefined && code !== 0) {
          const tags = { callId, reason: 'crashed', exit: signal ?? String(code) };
          void sentry.then((client) =>
            client?.message('The process of a call was gone before the call was closed', {
              level: 'error',
              tags,
            }),
          );
        }
      });
    },
    async finish(signal) {
      await Promise.race([sentry.then((client) => client?.flush(FLUSH_MS)), aborted(signal)]);
    },
  };
}
