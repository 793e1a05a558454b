import type { Config } from './config/schema.js';
import { journalObserver } from './records/journal/index.js';
import { metricsObserver } from './telemetry/metrics/metrics-observer.js';
import { panelObserver } from './telemetry/panel/panel-observer.js';
import type { Sentry } from './telemetry/sentry-client.js';
import { sentryObserver } from './telemetry/sentry-observer.js';
import { traceObserver } from './telemetry/traces/trace-observer.js';

/** Everything that is recorded or told of a call, in the order in which it is finished when the call ends. */
export const observers = (config: Config, sentry: Sentry) =>
  [
    journalObserver,
    panelObserver,
    metricsObserver,
    ...(config.tracing === undefined ? [] : [traceObserver(config, config.tracing)]),
    // Last: it also reports what the others could not do.
    sentryObserver(sentry),
  ] as const;
