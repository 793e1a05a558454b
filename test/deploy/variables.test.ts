import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { pageEnvironment, pageOptions } from '../../dev/playground/environment.js';
import { simulatorEnvironment } from '../../dev/realtime-simulator/options.js';
import { environment } from '../../src/config/environment.js';
import { parseConfig } from '../../src/config/schema.js';
import { composeServices, composeVariables } from './support/compose.js';
import { environmentOf, fileOf, variablesIn } from './support/kubernetes.js';

/** What each of our programs reads; nothing else may be set for it, as it would be of no effect. */
const READ: Readonly<Record<string, readonly string[]>> = {
  agent: Object.keys(environment.shape),
  page: Object.keys(pageEnvironment.shape),
  // With a key it has nothing to do.
  simulator: [...Object.keys(simulatorEnvironment.shape), 'OPENAI_API_KEY'],
};
const OURS = [...new Set(Object.values(READ).flat())];
/** Of these compose makes addresses and limits; no program sees them. */
const COMPOSE_ITSELF = ['AGENT_MEMORY', 'BIND_IP', 'ENV_FILE', 'LIVEKIT_REDIS', 'NODE_IP'];

const settings = variablesIn(fileOf('settings.env'));

const built = [...composeServices()].flatMap(([name, { build, environment: given }]) =>
  build === undefined ? [] : [{ name, target: build.target, given: Object.keys(given) }],
);

/** A key pair and a code as long as they have to be, which nobody uses. */
const KEYS = { LIVEKIT_API_KEY: 'APIofATest', LIVEKIT_API_SECRET: 'x'.repeat(32) };

describe('docker-compose.yml', () => {
  it.each(built)('sets nothing for $name that it does not read', ({ target, given }) => {
    expect(given.filter((name) => READ[target]?.includes(name) !== true)).toEqual([]);
  });

  it('takes nothing from .env that nobody reads', () => {
    const unknown = composeVariables().filter((name) => !OURS.includes(name));
    expect(unknown.filter((name) => !COMPOSE_ITSELF.includes(name))).toEqual([]);
  });
});

describe('deploy/kubernetes', () => {
  it.each(['agent', 'page'])('sets nothing that nobody reads (%s)', (name) => {
    const known = [...(READ[name] ?? []), ...OURS.filter((one) => one in settings)];
    expect(Object.keys(environmentOf(name)).filter((one) => !known.includes(one))).toEqual([]);
  });

  it('has in its settings what agent and page accept', () => {
    const secrets = { ...KEYS, OPENAI_API_KEY: 'sk-of-a-test', PAGE_ACCESS_CODE: 'x'.repeat(8) };
    expect(parseConfig({ ...environmentOf('agent'), ...secrets }).openai.simulated).toBe(false);
    expect(pageOptions({ ...environmentOf('page'), ...secrets }).simulated).toBe(false);
  });

  it('asks for secrets that are read, and keeps none', () => {
    const asked = variablesIn(fileOf('README.md'));
    expect(Object.keys(asked).sort()).toEqual([
      'LIVEKIT_API_KEY',
      'LIVEKIT_API_SECRET',
      'OPENAI_API_KEY',
      'PAGE_ACCESS_CODE',
    ]);
    expect(Object.values(asked).join('')).toBe('');
    expect(Object.keys(settings).filter((name) => /KEY|SECRET|TOKEN|CODE|DSN/.test(name))).toEqual(
      [],
    );
  });
});

test('the images set nothing that nobody reads', () => {
  const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
  const set = [...dockerfile.matchAll(/^ENV (.*)$/gm)].flatMap(([, pairs = '']) =>
    pairs.split(' ').map((pair) => pair.split('=')[0] ?? ''),
  );
  expect(set).toContain('PAGE_FOLDER');
  expect(set.filter((name) => !OURS.includes(name) && name !== 'NODE_ENV')).toEqual([]);
});
