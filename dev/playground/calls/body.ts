import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';

const MAX_BODY_BYTES = 4096;

/** Refuses what is longer than any request of the page. */
export const limitedBody = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: (context) => context.json({ error: 'The body is too long.' }, 413),
});

/**
 * The request's body.
 *
 * @throws HTTPException 400 that says what is wrong with it.
 */
export async function bodyOf<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await context.req.json().catch(() => undefined);
  if (body === undefined) {
    throw refused(400, 'The body is not JSON.');
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw refused(400, whatIsWrong(parsed.error));
  }
  return parsed.data;
}

/** An answer that is no success, with its reason for people. */
export function refused(
  status: 400 | 401 | 403 | 404 | 409 | 410 | 429,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): HTTPException {
  return new HTTPException(status, {
    message: error,
    res: Response.json({ error }, { status, headers }),
  });
}

function whatIsWrong(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => [path.join('.'), message].filter((part) => part !== '').join(' '))
    .join('; ');
}
