import type { Config } from '../config/schema.js';

const INSTEAD = '[redacted]';
/** A value this short is no secret, and would be taken out of ordinary words. */
const SHORTEST_SECRET = 8;
/** A token joins a room for as long as it lives; LiveKit's words for one that is refused contain it. */
const TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g;

type Secrets = Pick<
  Config,
  'livekit' | 'openai' | 'sentry' | 'tracing' | 'delivery' | 'candidates'
>;

/**
 * Takes the values of all secrets, and every token, out of a text. A last belt: nothing should write one, but an error object
 * of the SDK that is logged whole carries the key it was made with.
 */
export function redactor(config: Secrets): (text: string) => string {
  const { livekit, openai, sentry, tracing, delivery, candidates } = config;
  const secrets = [
    livekit.apiSecret,
    openai.apiKey,
    sentry?.dsn ?? '',
    // Of `Bearer x` x is the secret.
    ...Object.values(tracing?.headers ?? {}).flatMap((value) => [value, ...value.split(' ')]),
    delivery.webhook?.secret ?? '',
    candidates.api?.token ?? '',
  ]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return (text) =>
    secrets
      .reduce((clean, secret) => clean.replaceAll(secret, INSTEAD), text)
      .replaceAll(TOKEN, INSTEAD);
}
