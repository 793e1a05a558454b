import { initializeLogger } from '@livekit/agents';
import { createServer, type RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { parseConfig, type Config } from '../../src/config/schema.js';
import { CallError, type CallEndReason, type CallOutcome } from '../../src/lifecycle/index.js';
import { openSentry, type Sentry } from '../../src/telemetry/sentry-client.js';
import { reportWithoutCall, sentryObserver } from '../../src/telemetry/sentry-observer.js';
import { PROGRAM } from '../../src/version.js';
import { complete } from '../config/complete-environment.js';

const NO_DEADLINE = new AbortController().signal;

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

/** A real Sentry endpoint as far as the SDK can tell: it takes envelopes. */
async function sentryServer(answer: RequestListener, more: Readonly<Record<string, string>> = {}) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return parseConfig({
    ...complete,
    SENTRY_DSN: `http://public@127.0.0.1:${port ?? 0}/1`,
    SENTRY_ENVIRONMENT: 'test',
    ...more,
  });
}

/** Takes envelopes, and gives what was in them. */
async function ingest(more?: Readonly<Record<string, string>>) {
  const envelopes: string[] = [];
  const config = await sentryServer((request, response) => {
    void buffer(request).then((body) => {
      const packed = request.headers['content-encoding'] === 'gzip';
      envelopes.push((packed ? gunzipSync(body) : body).toString());
      response.end('{}');
    });
  }, more);
  return { config, sent: () => envelopes.join('\n') };
}

function observerOf(config: Config, sentry: Sentry = openSentry(config)) {
  const observer = sentryObserver(sentry)({ callId: 'AJ_test' });
  observer.attach();
  return observer;
}

const ended = (reason: CallEndReason): CallOutcome => ({
  callId: 'AJ_test',
  reason,
  startedAt: '',
  endedAt: '',
  durationMs: 0,
  modelConnections: 1,
  usage: [],
});

const refused = new CallError(`401 for ${complete.OPENAI_API_KEY}`, {
  code: 'MODEL_REFUSED',
  fault: 'model',
  category: 'authentication',
  remedy: 'Check the key.',
  cause: new Error(`Bearer ${complete.OPENAI_API_KEY}`),
});

test('errors and a bad end are sent, with the call they belong to and without the key', async () => {
  const { config, sent } = await ingest();
  const observer = observerOf(config);
  observer.onError?.(refused, false);
  await observer.flush(ended('model-refused'), NO_DEADLINE);

  expect(sent()).toContain('"code":"MODEL_REFUSED"');
  expect(sent()).toContain('"category":"authentication"');
  expect(sent()).toContain('"callId":"AJ_test"');
  expect(sent()).toContain('A call ended badly: model-refused');
  expect(sent()).toContain('"environment":"test"');
  expect(sent()).toContain(`"release":"steadfast@${PROGRAM.version}"`);
  expect(sent()).not.toContain(complete.OPENAI_API_KEY);
});

test('what an error quotes stays here: it may be what a candidate said', async () => {
  const { config, sent } = await ingest({ SENTRY_RELEASE: 'hr-line@2026-11-23' });
  const observer = observerOf(config);
  let cause: unknown;
  try {
    JSON.parse('paid in goats');
  } catch (error) {
    cause = error;
  }
  const message = 'a tool threw: Unexpected token in "paid in goats"';
  observer.onError?.(
    new CallError(message, {
      code: 'APPLICATION_FAILED',
      fault: 'application',
      remedy: 'Look at the cause.',
      cause,
    }),
    true,
  );
  await observer.flush(ended('completed'), NO_DEADLINE);

  expect(sent()).toContain('a tool threw: Unexpected token in');
  expect(sent()).toContain('is not valid JSON');
  expect(sent()).toContain('"release":"hr-line@2026-11-23"');
  expect(sent()).not.toContain('goats');
});

test('the failure of a process without a call is reported; that of a call, by its observer alone', async () => {
  const { config, sent } = await ingest();
  const sentry = openSentry(config);
  const onError = reportWithoutCall(sentry);
  onError(refused, 'AJ_1');
  onError(
    new CallError('prewarm', { code: 'APPLICATION_FAILED', fault: 'application', remedy: '' }),
    undefined,
  );
  await (await sentry)?.flush(5_000);

  expect(sent()).toContain('"code":"APPLICATION_FAILED"');
  expect(sent()).not.toContain('"code":"MODEL_REFUSED"');
});

test('an ordinary end is not reported', async () => {
  const asked = vi.fn<RequestListener>((_request, response) => response.end('{}'));
  const observer = observerOf(await sentryServer(asked));
  await observer.flush(ended('caller-left'), NO_DEADLINE);

  expect(asked).not.toHaveBeenCalled();
});

test('a Sentry that never answers holds a call up no longer than its deadline', async () => {
  const asked = vi.fn<RequestListener>();
  const observer = observerOf(await sentryServer(asked));
  const deadline = new AbortController();
  const flushed = observer.flush(ended('crashed'), deadline.signal);
  await vi.waitFor(() => expect(asked).toHaveBeenCalled(), 10_000);
  deadline.abort();

  await expect(flushed).resolves.toBeUndefined();
});

test('without a DSN nothing is opened and nothing fails', async () => {
  const make = vi.fn();
  const config = parseConfig(complete);
  const observer = observerOf(config, openSentry(config, make));
  observer.onError?.(refused, false);
  await observer.flush(ended('crashed'), NO_DEADLINE);

  expect(make).not.toHaveBeenCalled();
});

test('a client that cannot be opened fails no call', async () => {
  const config = parseConfig({ ...complete, SENTRY_DSN: 'https://public@sentry.example.com/1' });
  const broken = openSentry(config, () => Promise.reject(new Error('no such package')));
  const observer = observerOf(config, broken);
  observer.onError?.(refused, true);

  await expect(observer.flush(ended('crashed'), NO_DEADLINE)).resolves.toBeUndefined();
});

test('the process keeps its own handling of exceptions, and its modules as they are', async () => {
  const listeners = () =>
    process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');
  const before = listeners();
  const observer = observerOf(await sentryServer((_request, response) => response.end('{}')));
  await observer.flush(ended('completed'), NO_DEADLINE);

  expect(listeners()).toBe(before);
  // Where Sentry marks a process whose modules it changes as they are loaded.
  expect(Reflect.get(globalThis, '__SENTRY_ORCHESTRION__')).toBeUndefined();
});
