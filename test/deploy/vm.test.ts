import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { composeVariables } from './support/compose.js';

const VM = readFileSync(new URL('../../deploy/vm/docker-compose.yml', import.meta.url), 'utf8');
const SECRET = /\$\{([A-Z_]+_(?:SECRET|CODE|KEYS?))\b/g;

test('on one machine with TLS the agent, which is given all of .env, is given no secret of the page', () => {
  const agent = z.object({ environment: z.record(z.string(), z.unknown()) });
  const parsed: unknown = parse(VM, { logLevel: 'error' });
  const { services } = z.object({ services: z.object({ agent }) }).parse(parsed);
  const ofTheAgent = new Set([...composeVariables(), 'OPENAI_API_KEY']);
  const others = [...VM.matchAll(SECRET)].map(([, name = '']) => name);
  const foreign = [...new Set(others)].filter((name) => !ofTheAgent.has(name));
  expect(foreign).toContain('PAGE_API_SECRET');
  for (const name of foreign) {
    expect(services.agent.environment[name], name).toBe('');
  }
});
