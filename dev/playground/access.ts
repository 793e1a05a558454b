import { createHmac, timingSafeEqual } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { bodyOf, limitedBody, refused } from './calls/body.js';
import { clientOf, RateLimit } from './rate-limit.js';

const COOKIE = 'steadfast-access';
const TRIES_PER_MINUTE = 10;
const VALID_S = 12 * 60 * 60;

const entered = z.strictObject({ code: z.string().min(1).max(256) });

/** Asks for a code before anything else is answered. */
export class Access {
  readonly #code: Buffer;
  readonly #tries = new RateLimit({ limit: TRIES_PER_MINUTE, windowMs: 60_000 });

  readonly #behindProxy: boolean;

  constructor(code: string, behindProxy = false) {
    this.#code = fingerprint(code);
    this.#behindProxy = behindProxy;
  }

  /** `POST /` with the code: the browser is known from then on. */
  routes(): Hono {
    const app = new Hono();
    app.post('/', limitedBody, async (context) => {
      const { code } = await bodyOf(context, entered);
      if (this.#tries.take(clientOf(context, this.#behindProxy)) > 0) {
        throw refused(429, 'The code was entered too often. Try again in a minute.');
      }
      const given = fingerprint(code);
      if (!timingSafeEqual(given, this.#code)) {
        throw refused(403, 'That is not the code.');
      }
      setCookie(context, COOKIE, given.toString('hex'), {
        httpOnly: true,
        sameSite: 'Strict',
        // Behind a proxy that speaks TLS, the request to us does not.
        secure:
          context.req.header('x-forwarded-proto') === 'https' ||
          context.req.url.startsWith('https:'),
        maxAge: VALID_S,
        path: '/',
      });
      return context.body(null, 204);
    });
    return app;
  }

  /** Refuses with 401 whoever has not entered it. */
  required(): MiddlewareHandler {
    return async (context, next) => {
      const given = Buffer.from(getCookie(context, COOKIE) ?? '', 'hex');
      if (given.length !== this.#code.length || !timingSafeEqual(given, this.#code)) {
        throw refused(401, 'This page asks for an access code.');
      }
      await next();
    };
  }
}

/** Of one length whatever the code is, and not the code itself. */
function fingerprint(code: string): Buffer {
  return createHmac('sha256', code).update('access to the page').digest();
}
