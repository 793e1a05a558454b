import type { Config } from '../config/schema.js';
import { PROGRAM } from '../version.js';
import { logEarly } from './logger.js';
import { redactor } from './redact.js';
import { withoutQuotes } from './without-quotes.js';

export interface Report {
  readonly level: 'error' | 'warning';
  readonly tags: Readonly<Record<string, string>>;
}

/** Sends reports to Sentry. */
export interface SentryClient {
  exception(error: Error, report: Report): void;
  message(text: string, report: Report): void;
  /** Settles when everything was sent, or after `timeoutMs`. */
  flush(timeoutMs: number): Promise<void>;
}

/** The client of this process, once it is loaded; undefined without SENTRY_DSN, and when it could not be. Never rejects. */
export type Sentry = Promise<SentryClient | undefined>;

/**
 * Opens Sentry for this process. To be called before anything that may fail: loading it takes half a second.
 *
 * @param make for tests
 */
export async function openSentry(config: Config, make = makeClient): Sentry {
  if (config.sentry === undefined) {
    return undefined;
  }
  try {
    return await make(config, config.sentry);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    logEarly({ error: why }, 'Sentry could not be opened; errors are logged only.');
    return undefined;
  }
}

/**
 * Makes a client of its own, beside Sentry's global one and without its integrations: those listen to the
 * process, patch http and other modules and record requests, and the process belongs to the lifecycle. What is sent is what is
 * handed over, without secrets, bodies, what errors quote, or anything about a person.
 */
async function makeClient(
  config: Config,
  { dsn, environment, release }: NonNullable<Config['sentry']>,
): Promise<SentryClient> {
  // Imported here, because it takes half a second that nobody without a DSN should pay.
  const sentry = await import('@sentry/node');
  const redact = redactor(config);
  const client = new sentry.NodeClient({
    dsn,
    environment,
    release: release ?? `${PROGRAM.name}@${PROGRAM.version}`,
    transport: sentry.makeNodeTransport,
    stackParser: sentry.defaultStackParser,
    integrations: [sentry.linkedErrorsIntegration(), sentry.dedupeIntegration()],
    enableRuntimeChannelInjection: false,
    dataCollection: { userInfo: false, cookies: false, httpHeaders: false, httpBodies: [] },
    beforeSend: (event) => {
      for (const exception of event.exception?.values ?? []) {
        exception.value = withoutQuotes(redact(exception.value ?? ''));
      }
      return event;
    },
  });
  client.init();

  const scopeOf = ({ level, tags }: Report) => {
    const scope = new sentry.Scope();
    scope.setClient(client);
    scope.setLevel(level);
    scope.setTags(tags);
    return scope;
  };
  return {
    exception: (error, report) => void scopeOf(report).captureException(error),
    message: (text, report) => void scopeOf(report).captureMessage(redact(text)),
    flush: async (timeoutMs) => {
      await client.flush(timeoutMs);
    },
  };
}
