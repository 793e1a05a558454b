import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const scalar = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((value) => String(value ?? ''));

/** What docker-compose.yml says of a service, as far as the tests look at it. */
const service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), target: z.string() }).optional(),
  environment: z.record(z.string(), scalar).default({}),
  ports: z.array(z.string()).default([]),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).default([]),
  cap_add: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  privileged: z.boolean().default(false),
  network_mode: z.string().default('bridge'),
  mem_limit: z.string().optional(),
  stop_grace_period: z.string().optional(),
});

export type ComposeService = z.output<typeof service>;

const VARIABLE = /\$\{([A-Z][A-Z0-9_]*)(?:(:[-?+])([^{}]*))?\}/g;
const text = readFileSync(new URL('../../../docker-compose.yml', import.meta.url), 'utf8');

/** Puts values in as compose does. `:?` counts as given: what has to be there is a secret. */
function filledIn(written: string, env: Readonly<Record<string, string>>): string {
  return written.replace(VARIABLE, (_whole, name: string, how?: string, other?: string) => {
    const value = env[name] ?? '';
    if (how === ':+') {
      return value === '' ? '' : (other ?? '');
    }
    return value === '' && how === ':-' ? (other ?? '') : value;
  });
}

/** Every service of docker-compose.yml, of all profiles, with these variables in `.env`; none by default. */
export function composeServices(
  env: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, ComposeService> {
  // A comment may be about variables, too.
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  const parsed: unknown = parse(filledIn(lines.join('\n'), env), { merge: true });
  const { services } = z.object({ services: z.record(z.string(), service) }).parse(parsed);
  return new Map(Object.entries(services));
}

/** The service of that name. */
export function composeService(
  name: string,
  env: Readonly<Record<string, string>> = {},
): ComposeService {
  const found = composeServices(env).get(name);
  if (found === undefined) {
    throw new Error(`docker-compose.yml has no service "${name}".`);
  }
  return found;
}

/** The names of all variables that docker-compose.yml takes from `.env`. */
export function composeVariables(): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name))];
}
