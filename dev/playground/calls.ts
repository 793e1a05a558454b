import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { callerToken } from '../stack/index.js';
import type { PlaygroundOptions } from './options.js';
import { RateLimit } from './rate-limit.js';

const CALLS_PER_MINUTE = 10;
const MAX_BODY_BYTES = 1024;

/** What the page needs to join a call. */
export interface NewCall {
  /** LiveKit's address, as the browser reaches it. */
  readonly url: string;
  /** Lets one caller into one room, for ten minutes. */
  readonly token: string;
  readonly room: string;
}

/** `POST /`, with `{"interview": "<id>"}`: a new room, and the token that joins it and sends the agent there. */
export function calls({ livekit, agentName, interviews }: PlaygroundOptions): Hono {
  const rateLimit = new RateLimit({ limit: CALLS_PER_MINUTE, windowMs: 60_000 });
  const ids = interviews.map(({ id }) => id);
  const request = z.strictObject({ interview: z.enum(ids, `must be one of: ${ids.join(', ')}`) });
  const app = new Hono();
  const limited = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (context) => context.json({ error: 'The body is too long.' }, 413),
  });
  app.post('/', limited, async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined);
    const parsed = request.safeParse(body);
    if (!parsed.success) {
      return context.json({ error: whatIsWrong(parsed.error, body) }, 400);
    }
    const waitMs = rateLimit.take();
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      context.header('Retry-After', String(seconds));
      const error = `Too many calls were started. Try again in ${seconds} s.`;
      return context.json({ error }, 429);
    }
    const room = `call-${randomUUID()}`;
    const token = await callerToken({
      livekit,
      room,
      identity: `caller-${randomUUID()}`,
      agentName,
      metadata: JSON.stringify({ interview: parsed.data.interview }),
    });
    return context.json({ url: livekit.url, token, room } satisfies NewCall, 201);
  });
  return app;
}

function whatIsWrong(error: z.ZodError, body: unknown): string {
  if (body === undefined) {
    return 'The body is not JSON. Send {"interview": "<id>"}.';
  }
  return error.issues
    .map(({ path, message }) => [path.join('.'), message].filter((part) => part !== '').join(' '))
    .join('; ');
}
