import { z } from 'zod';
import { playgroundApp } from '../../../../dev/playground/app.js';
import { buildPage, type PlaygroundOptions } from '../../../../dev/playground/index.js';

export const livekit = {
  url: 'ws://127.0.0.1:7880',
  apiKey: 'key',
  apiSecret: 'a secret of more than thirty-two characters',
};
export const options: PlaygroundOptions = {
  livekit,
  agentName: 'interviewer',
  interviews: [
    { id: 'hr-screening-en', title: 'First screening', language: 'en' },
    { id: 'hr-screening-ru', title: 'Первое собеседование', language: 'ru' },
  ],
  simulated: true,
};
export const pageFolder = await buildPage();

export function appWith(more: Partial<PlaygroundOptions> = {}) {
  return playgroundApp({ ...options, ...more }, pageFolder);
}

export const ORIGIN = 'http://127.0.0.1:8088';
export const newCall = z.strictObject({
  url: z.string(),
  token: z.string(),
  room: z.string(),
  pass: z.string(),
});
export const refusal = z.strictObject({ error: z.string() });

export function get(path: string, headers: Record<string, string> = {}, app = appWith()) {
  return app.request(`${ORIGIN}${path}`, { headers: { host: '127.0.0.1:8088', ...headers } });
}

export function post(body: string, headers: Record<string, string> = {}, app = appWith()) {
  return app.request(`${ORIGIN}/api/calls`, {
    method: 'POST',
    body,
    headers: { host: '127.0.0.1:8088', 'content-type': 'application/json', ...headers },
  });
}

export async function refusalOf(response: Response): Promise<string> {
  return refusal.parse(await response.json()).error;
}
