import type { z } from 'zod';
import { notEmpty, problemsOf } from './check.js';
import { ConfigError } from './config-error.js';
import { deliveryConfig, deliveryProblems } from './delivery.js';
import { environment } from './environment.js';

/** Where records are kept, for whoever has nothing to do with calls that are held: `npm run calls`. */
export type RecordsConfig = ReturnType<typeof recordsConfig>;

const recordsVariables = environment.pick({
  DATA_DIR: true,
  REPORT_WEBHOOK_URL: true,
  REPORT_WEBHOOK_SECRET: true,
  RECORDS_URL: true,
  RECORDS_KEEP: true,
});

/**
 * The part of the configuration that concerns finished calls; the rest may be missing.
 *
 * @throws ConfigError with every problem there is in it.
 */
export function parseRecordsConfig(
  variables: Readonly<Record<string, string | undefined>>,
): RecordsConfig {
  const given = notEmpty(variables);
  const parsed = recordsVariables.safeParse(given);
  const problems = [...problemsOf(parsed.error), ...deliveryProblems(given)];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(problems);
  }
  return recordsConfig(parsed.data);
}

/** The same part, of an environment that has been checked. */
export function recordsConfig(env: z.output<typeof recordsVariables>) {
  return {
    dataDir: env.DATA_DIR,
    delivery: deliveryConfig(env),
    /** How long a finished call is kept; undefined keeps it for ever. */
    recordsKeepMs: env.RECORDS_KEEP,
  } as const;
}
