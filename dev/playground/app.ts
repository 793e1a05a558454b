import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { calls } from './calls.js';
import { whyRefused } from './loopback.js';
import type { PlaygroundOptions } from './options.js';
import { playgroundHeaders } from './security-headers.js';

const PAGE_FOLDER = fileURLToPath(new URL('./page', import.meta.url));
const LIVEKIT_CLIENT = fileURLToPath(import.meta.resolve('livekit-client'));

/** The playground's routes: the page, LiveKit's client for it, what it may offer, and new calls. */
export function playgroundApp(options: PlaygroundOptions): Hono {
  const { interviews, simulated, livekit } = options;
  const app = new Hono();
  app.use(playgroundHeaders(livekit.url));
  app.use(async (context, next) => {
    const refusal = whyRefused(context.req.header('host'), context.req.header('origin'));
    return refusal === null ? next() : context.json({ error: refusal }, 403);
  });
  app.route('/api/calls', calls(options));
  app.get('/api/playground', (context) => context.json({ interviews, simulated }));
  app.get('/vendor/livekit-client.js', serveStatic({ path: LIVEKIT_CLIENT }));
  app.get('*', serveStatic({ root: PAGE_FOLDER }));
  app.notFound((context) => context.json({ error: 'There is nothing here.' }, 404));
  app.onError((error, context) => {
    // To the terminal, not to the page: it may name what is none of the page's business.
    console.error('The playground failed to answer:', error);
    return context.json({ error: 'The playground failed; its terminal says why.' }, 500);
  });
  return app;
}
