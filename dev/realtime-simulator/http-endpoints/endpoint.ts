import type { z } from 'zod';
import type { EventLog } from '../event-log.js';
import { refusalOf } from '../protocol/client-error.js';
import type { Services } from '../session/services.js';

/** What an endpoint is made with. */
export interface EndpointParts {
  readonly services: Services;
  readonly apiKey: string;
  readonly log: EventLog;
}

/** Checks a request's body. @throws RefusedEvent, answered with status 400. */
export function checked<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    throw refusalOf(parsed.error, raw);
  }
  return parsed.data;
}

/** Notes an HTTP request among the events seen. */
export function noteRequest(log: EventLog, path: string, body: unknown): void {
  log.recordRequest({
    connection: 'http',
    direction: 'in',
    at: Date.now(),
    type: `POST ${path}`,
    event: body,
  });
}
