import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/schema.js';
import { redactor } from '../../src/telemetry/redact.js';
import { complete } from '../config/complete-environment.js';

test('every secret of the configuration is taken out, wherever it stands', () => {
  const dsn = 'https://public@sentry.example.com/1';
  const redact = redactor(parseConfig({ ...complete, SENTRY_DSN: dsn }));

  expect(
    redact(`a ${complete.OPENAI_API_KEY} b ${complete.LIVEKIT_API_SECRET} c ${dsn} d ${dsn}`),
  ).toBe('a [redacted] b [redacted] c [redacted] d [redacted]');
});

test('a secret is recognised as JSON writes it', () => {
  const secret = 'quote"and\\backslash-0123456789abcdef';
  const redact = redactor(parseConfig({ ...complete, LIVEKIT_API_SECRET: secret }));

  expect(JSON.parse(redact(JSON.stringify({ secret })))).toEqual({ secret: '[redacted]' });
});

test('the well-known secret of a local server is a word, and stays one', () => {
  const redact = redactor(parseConfig({ ...complete, LIVEKIT_API_SECRET: 'secret' }));

  expect(redact('no secret here')).toBe('no secret here');
});

test('a token of a room is taken out: LiveKit quotes one that it refuses', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6e319.c2ln-bmF0_dXJl';
  const redact = redactor(parseConfig(complete));

  expect(redact(`"401 Unauthorized - invalid token: ${token}, x"`)).toBe(
    '"401 Unauthorized - invalid token: [redacted], x"',
  );
});
