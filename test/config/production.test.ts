import { describe, expect, it } from 'vitest';
import { productionProblems } from '../../src/config/production.js';
import { parseConfig } from '../../src/config/schema.js';
import { complete } from './complete-environment.js';

const LOCAL = { ...complete, LIVEKIT_URL: 'ws://127.0.0.1:7880' };
const SECRET = 'a-secret-of-more-than-thirty-two-characters';

function problemsOf(variables: Record<string, string>): string[] {
  const config = parseConfig({
    ...LOCAL,
    LIVEKIT_API_KEY: 'APIours',
    LIVEKIT_API_SECRET: SECRET,
    ...variables,
  });
  return productionProblems(config).map(({ variable }) => variable);
}

describe('`start`', () => {
  it('takes a key pair of one’s own and the real model', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each([
    [{ LIVEKIT_API_KEY: 'devkey' }],
    [{ LIVEKIT_API_SECRET: 'secret' }],
    [{ LIVEKIT_API_SECRET: 'only-short' }],
  ])('refuses a pair that everybody knows or can guess: %j', (variables) => {
    expect(problemsOf(variables)).toEqual(['LIVEKIT_API_SECRET']);
  });

  it('refuses a simulator that nobody has allowed', () => {
    expect(problemsOf({ SIMULATED_MODEL: 'true' })).toEqual(['ALLOW_SIMULATOR']);
    expect(problemsOf({ SIMULATED_MODEL: 'true', ALLOW_SIMULATOR: 'true' })).toEqual([]);
  });
});

describe('the simulator', () => {
  const without = { ...LOCAL, OPENAI_API_KEY: ' ', SIMULATOR_URL: 'http://simulator:8089/' };

  it('speaks as long as there is no key for the real model', () => {
    expect(parseConfig(without).openai).toMatchObject({
      simulated: true,
      baseURL: 'http://simulator:8089/v1',
    });
  });

  it('is silent as soon as there is one', () => {
    const { openai } = parseConfig({ ...without, OPENAI_API_KEY: 'sk-real' });
    expect(openai).toMatchObject({ simulated: false, apiKey: 'sk-real', baseURL: undefined });
  });
});
