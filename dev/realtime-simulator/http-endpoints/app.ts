import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { RefusedEvent, type ErrorBody } from '../protocol/errors.js';
import { hasKey, wrongKey } from '../refusal.js';
import { addChatCompletions } from './chat-completions.js';
import type { EndpointParts } from './endpoint.js';
import { addModels } from './models.js';
import { addSpeech } from './speech.js';
import { addTranscriptions } from './transcriptions.js';

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
