import { expect, test } from 'vitest';
import { ConfigError, formatConfigError } from '../../src/config/config-error.js';
import { parseConfig } from '../../src/config/schema.js';
import { complete } from './complete-environment.js';

function problemsOf(variables: Record<string, string | undefined>): ConfigError {
  try {
    parseConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error;
    }
    throw error;
  }
  throw new Error('this environment was expected to be refused');
}

test('four variables are enough; everything else has a default', () => {
  const config = parseConfig(complete);

  expect(config.worker).toMatchObject({ agentName: 'interviewer', maxCalls: 4, host: '127.0.0.1' });
  expect(config.openai).toMatchObject({ simulated: false, maxSessionMs: 55 * 60_000 });
  expect(config.turnDetection).toEqual({
    by: 'server_vad',
    threshold: 0.5,
    silenceMs: 800,
    prefixMs: 300,
  });
  expect(config.limits).toEqual({
    callerJoinMs: 60_000,
    wrapUpMs: 20_000,
    idleMs: 300_000,
    rejoinGraceMs: 60_000,
    maxDurationMs: 2_700_000,
    timeHintMs: 180_000,
    silenceMs: 30_000,
    flushMs: 10_000,
    memoryMb: 800,
  });
  expect(config.sentry).toBeUndefined();
});

test('a variable that is set to nothing counts as not set', () => {
  const config = parseConfig({ ...complete, OPENAI_BASE_URL: '', MAX_CALLS: ' ', SENTRY_DSN: '' });

  expect(config.openai.baseURL).toBeUndefined();
  expect(config.worker.maxCalls).toBe(4);
  expect(problemsOf({ ...complete, OPENAI_API_KEY: '' }).problems).toMatchObject([
    { variable: 'OPENAI_API_KEY', problem: 'is not set' },
  ]);
});

test('all problems are reported at once, each with its remedy', () => {
  const { problems } = problemsOf({
    LIVEKIT_URL: 'livekit.example.com',
    MAX_CALLS: 'many',
    WORKER_PORT: '80.5',
    MODEL_SESSION_MAX: '27',
    TTS_VOICE: 'nobody',
    OPENAI_API_KEY: 'sk-a',
  });

  expect(problems.map(({ variable }) => variable).sort()).toEqual([
    'LIVEKIT_API_KEY',
    'LIVEKIT_API_SECRET',
    'LIVEKIT_URL',
    'MAX_CALLS',
    'MODEL_SESSION_MAX',
    'TTS_VOICE',
    'WORKER_PORT',
  ]);
  for (const { remedy } of problems) {
    expect(remedy).toMatch(/\.$/);
  }
});

test('the readable text names each variable, its problem and its remedy, and no stack', () => {
  const text = formatConfigError(problemsOf({ ...complete, MODEL_SESSION_MAX: '27' }));

  expect(text).toContain('The configuration has one problem:');
  expect(text).toContain('MODEL_SESSION_MAX is a number without a unit; write "27s"');
  expect(text).toContain('→ Stay below 60m');
  expect(text).not.toMatch(/\n\s+at /);
});

test.each([
  'LIVEKIT_URL',
  'LIVEKIT_API_SECRET',
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'SENTRY_DSN',
  'VAD_SILENCE',
  'REALTIME_MODEL',
  'TTS_VOICE',
  'MAX_CALLS',
])('a secret that was pasted into %s by mistake is not printed', (variable) => {
  const pasted = 'sk-proj-0123456789 abcdef';
  const error = problemsOf({
    ...complete,
    LIVEKIT_URL: 'wss://livekit.example.com',
    LIVEKIT_API_SECRET: 'short',
    [variable]: pasted,
  });

  expect(formatConfigError(error)).not.toContain('0123456789');
  expect(error.message).not.toContain('0123456789');
});

test('a guessable secret is refused for a server that others can reach', () => {
  const { problems } = problemsOf({
    ...complete,
    LIVEKIT_URL: 'wss://livekit.example.com',
    LIVEKIT_API_KEY: 'devkey',
    LIVEKIT_API_SECRET: 'secret',
  });

  expect(problems).toMatchObject([{ variable: 'LIVEKIT_API_SECRET' }]);
  expect(problems[0]?.remedy).toContain('livekit-server generate-keys');
});

test.each(['ws://localhost:7880', 'ws://127.0.0.1:7880', 'ws://[::1]:7880'])(
  'a short secret is good enough for %s, which nobody else reaches',
  (url) => {
    const config = parseConfig({ ...complete, LIVEKIT_URL: url, LIVEKIT_API_SECRET: 'secret' });

    expect(config.livekit.apiSecret).toBe('secret');
  },
);

test('an address that only looks local does not excuse a short secret', () => {
  for (const url of ['ws://localhost.example.com', 'ws://127.0.0.1.example.com']) {
    expect(
      problemsOf({ ...complete, LIVEKIT_URL: url, LIVEKIT_API_SECRET: 'secret' }).problems,
    ).toHaveLength(1);
  }
});

test('a key with a line break, as a file leaves it, is refused without quoting it', () => {
  const error = problemsOf({ ...complete, OPENAI_API_KEY: 'sk-0123456789\n' });

  expect(error.problems).toMatchObject([
    { variable: 'OPENAI_API_KEY', problem: 'has a space or a line break in it' },
  ]);
  expect(formatConfigError(error)).not.toContain('sk-0123456789');
});
