import type { Config } from './config/schema.js';
import { journalObserver } from './records/journal/index.js';
import { metricsObserver } from './telemetry/metrics/metrics-observer.js';
import { panelObserver } from './telemetry/panel/panel-observer.js';
import { sentryObserver } from './telemetry/sentry-observer.js';

/** Everything that is recorded or told of a call, in the order in which it is finished when the call ends. */
export const observers = (config: Config) =>
  [journalObserver, panelObserver, metricsObserver, sentryObserver(config)] as const;
