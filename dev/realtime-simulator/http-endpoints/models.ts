import type { Hono } from 'hono';

const names = ['gpt-realtime', 'gpt-4o-mini', 'gpt-4o-mini-transcribe', 'gpt-4o-mini-tts'];

/** GET /models. */
export function addModels(api: Hono): void {
  api.get('/models', (context) => {
    const data = names.map((id) => ({ id, object: 'model', created: 0, owned_by: 'simulator' }));
    return context.json({ object: 'list', data });
  });
}
