import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';
import type { EventLog } from '../event-log.js';
import { refusalOf } from '../protocol/client-error.js';
import { RefusedEvent, type ErrorBody } from '../protocol/errors.js';
import { hasKey, wrongKey } from '../refusal.js';
import type { Services } from '../session/services.js';
import { addChatCompletions } from './chat-completions.js';
import { addModels } from './models.js';
import { addSpeech } from './speech.js';
import { addTranscriptions } from './transcriptions.js';

/** What an endpoint is made with. */
export interface EndpointParts {
  readonly services: Services;
  readonly apiKey: string;
  readonly log: EventLog;
}

/** The service's HTTP endpoints that a speech-to-text, language-model, text-to-speech pipeline uses. */
export function newApi(parts: EndpointParts): Hono {
  const api = new Hono();
  api.use(async (context, next) => {
    const authorization = context.req.header('authorization');
    const apiKey = context.req.header('api-key');
    if (!hasKey({ authorization, apiKey }, parts.apiKey)) {
      return context.json({ error: wrongKey }, 401);
    }
    await next();
    return undefined;
  });
  addModels(api);
  addSpeech(api, parts);
  addTranscriptions(api, parts);
  addChatCompletions(api, parts);
  api.notFound((context) => {
    const message = `Invalid URL (${context.req.method} ${context.req.path})`;
    return context.json({ error: httpError(null, message) }, 404);
  });
  api.onError((error, context) => {
    if (error instanceof RefusedEvent) {
      return context.json({ error: error.body }, 400);
    }
    if (error instanceof SyntaxError) {
      return context.json({ error: httpError(null, 'The body is not valid JSON.') }, 400);
    }
    if (error instanceof HTTPException) {
      return context.json({ error: httpError(null, error.message) }, error.status);
    }
    const body: ErrorBody = { ...httpError('server_error', String(error)), type: 'server_error' };
    return context.json({ error: body }, 500);
  });
  return api;
}

function httpError(code: string | null, message: string): ErrorBody {
  return { type: 'invalid_request_error', code, message, param: null };
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
