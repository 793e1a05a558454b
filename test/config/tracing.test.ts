import { expect, test } from 'vitest';
import { ConfigError } from '../../src/config/config-error.js';
import { parseConfig } from '../../src/config/schema.js';
import { redactor } from '../../src/telemetry/redact.js';
import { complete } from './complete-environment.js';

const OTEL = 'OTEL_EXPORTER_OTLP';
const endpoint = { [`${OTEL}_ENDPOINT`]: 'http://collector:4318' };

/** Variables by the ends of their names. */
function named(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]): [string, string] => [`${OTEL}_${name}`, value]),
  );
}

function tracing(variables: Readonly<Record<string, string>>) {
  return parseConfig({ ...complete, ...variables }).tracing;
}

function problems(variables: Readonly<Record<string, string>>): string[] {
  try {
    tracing(variables);
    return [];
  } catch (error) {
    return error instanceof ConfigError
      ? error.problems.map(({ variable, problem }) => `${variable} ${problem}`)
      : [];
  }
}

test('without an address no traces are sent, whatever else is set', () => {
  expect(
    tracing({
      OTEL_SERVICE_NAME: 'x',
      [`${OTEL}_HEADERS`]: 'a=b',
      [`${OTEL}_PROTOCOL`]: 'grpc',
      [`${OTEL}_ENDPOINT`]: ' ',
    }),
  ).toBeUndefined();
  expect(tracing({ ...endpoint, OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
});

test.each([
  [{ ENDPOINT: 'http://collector:4318' }, 'http://collector:4318/v1/traces'],
  [{ ENDPOINT: 'https://otel.example.com/in/' }, 'https://otel.example.com/in/v1/traces'],
  [
    { ENDPOINT: 'http://other:4318', TRACES_ENDPOINT: 'http://collector:4318/take' },
    'http://collector:4318/take',
  ],
])('traces go where the standard says: %j', (given, url) => {
  expect(tracing(named(given))?.url).toBe(url);
});

test('headers are decoded; those for traces win; none of them is ever told', () => {
  const given = {
    ...endpoint,
    [`${OTEL}_HEADERS`]: 'Authorization=Bearer%20very-secret, x-tenant = ours',
    [`${OTEL}_TRACES_HEADERS`]: 'x-tenant=theirs-only',
  };

  expect(tracing(given)?.headers).toEqual({
    Authorization: 'Bearer very-secret',
    'x-tenant': 'theirs-only',
  });
  expect(redactor(parseConfig({ ...complete, ...given }))('very-secret, theirs-only')).toBe(
    '[redacted], [redacted]',
  );
});

test.each([
  [{ ENDPOINT: 'collector:4318' }, 'ENDPOINT is not an http:// or https:// address'],
  [{ HEADERS: 'Bearer x' }, 'HEADERS is not of the form name=value,name=value'],
  [{ HEADERS: 'a=%zz' }, 'HEADERS is not of the form name=value,name=value'],
  [{ PROTOCOL: 'grpc' }, 'PROTOCOL is grpc, which this program does not speak'],
])('what cannot work is refused at the start: %j', (given, problem) => {
  expect(problems({ ...endpoint, ...named(given) })).toEqual([`${OTEL}_${problem}`]);
});
