import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { HTTPException } from 'hono/http-exception';
import { Access } from './access.js';
import { calls } from './calls/routes.js';
import { developerRoutes } from './developer/routes.js';
import { whyRefused } from './loopback.js';
import type { Offer } from './contract.js';
import { browserUrl, type PlaygroundOptions } from './options.js';
import { playgroundHeaders } from './security-headers.js';

/**
 * The playground's routes: the page, what it may offer, and calls.
 *
 * @param pageFolder the page, built
 */
export function playgroundApp(options: PlaygroundOptions, pageFolder: string): Hono {
  const { accessCode, behindProxy, developer } = options;
  const app = new Hono();
  app.use(playgroundHeaders(browserUrl(options)));
  app.use(async (context, next) => {
    const asked = { host: context.req.header('host'), origin: context.req.header('origin') };
    const refusal = whyRefused(asked, accessCode === undefined);
    return refusal === null ? next() : context.json({ error: refusal }, 403);
  });
  if (accessCode !== undefined) {
    const access = new Access(accessCode, behindProxy);
    app.route('/api/access', access.routes());
    app.use('/api/*', access.required());
  }
  app.get('/api/playground', (context) => context.json(offerOf(options)));
  app.route('/api/calls', calls(options));
  if (developer !== undefined) {
    app.route('/api/developer', developerRoutes(developer));
  }
  // Nothing else: an answer that holds a token and an address from outside would tell of itself by its length.
  app.use('/assets/*', compress());
  app.use('/assets/*', async (context, next) => {
    await next();
    if (context.res.ok) {
      // Their names have a digest of what is in them.
      context.header('Cache-Control', 'public, max-age=31536000, immutable');
    }
  });
  app.get('*', serveStatic({ root: pageFolder }));
  app.notFound((context) => context.json({ error: 'There is nothing here.' }, 404));
  app.onError((error, context) => {
    if (error instanceof HTTPException) {
      return error.getResponse();
    }
    // To the terminal, not to the page: it may name what is none of the page's business.
    console.error('The playground failed to answer:', error);
    return context.json({ error: 'The playground failed; its terminal says why.' }, 500);
  });
  return app;
}

function offerOf({
  interviews,
  candidates = [],
  simulated,
  records,
  developer,
}: PlaygroundOptions) {
  return {
    interviews,
    candidates,
    simulated,
    files: (['transcript', 'report'] as const).filter((file) => records?.[file] === true),
    developer:
      developer === undefined ? 'none' : developer.control === undefined ? 'panel' : 'simulator',
  } satisfies Offer;
}
