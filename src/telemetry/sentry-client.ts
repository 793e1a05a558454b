import type { Config } from '../config/schema.js';
import { redactor } from './redact.js';

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

/**
 * Makes a client of its own, beside Sentry's global one and without its integrations: those listen to the
 * process, patch http and record requests, and the process belongs to the lifecycle. What is sent is what is
 * handed over, without secrets, bodies or anything about a person.
 */
export async function openSentry(config: Config): Promise<SentryClient | undefined> {
  if (config.sentry === undefined) {
    return undefined;
  }
  // Imported here, because it takes half a second that nobody without a DSN should pay.
  const sentry = await import('@sentry/node');
  const redact = redactor(config);
  const client = new sentry.NodeClient({
    dsn: config.sentry.dsn,
    environment: config.sentry.environment,
    transport: sentry.makeNodeTransport,
    stackParser: sentry.defaultStackParser,
    integrations: [sentry.linkedErrorsIntegration(), sentry.dedupeIntegration()],
    dataCollection: { userInfo: false, cookies: false, httpHeaders: false, httpBodies: [] },
    beforeSend: (event) => {
      for (const exception of event.exception?.values ?? []) {
        exception.value = redact(exception.value ?? '');
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
