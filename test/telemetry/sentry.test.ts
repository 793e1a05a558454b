import { initializeLogger } from '@livekit/agents';
import { createServer, type RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { parseConfig, type Config } from '../../src/config/schema.js';
import { CallError, type CallEndReason, type CallOutcome } from '../../src/lifecycle/index.js';
import { sentryObserver } from '../../src/telemetry/sentry-observer.js';
import { complete } from '../config/complete-environment.js';
import { fakeCall } from '../interview/fake-call.js';

const NO_DEADLINE = new AbortController().signal;

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

/** A real Sentry endpoint as far as the SDK can tell: it takes envelopes. */
async function sentryServer(answer: RequestListener) {
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
  });
}

async function observerOf(config: Config) {
  const call = await fakeCall();
  await call.data.journal.close();
  const observer = sentryObserver(config)(call);
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
  remedy: 'Check the key.',
  cause: new Error(`Bearer ${complete.OPENAI_API_KEY}`),
});

test('errors and a bad end are sent, with the call they belong to and without the key', async () => {
  const envelopes: string[] = [];
  const observer = await observerOf(
    await sentryServer((request, response) => {
      void buffer(request).then((body) => {
        const packed = request.headers['content-encoding'] === 'gzip';
        envelopes.push((packed ? gunzipSync(body) : body).toString());
        response.end('{}');
      });
    }),
  );
  observer.onError?.(refused, false);
  await observer.flush(ended('model-refused'), NO_DEADLINE);
  const sent = envelopes.join('\n');

  expect(sent).toContain('"code":"MODEL_REFUSED"');
  expect(sent).toContain('"callId":"AJ_test"');
  expect(sent).toContain('A call ended badly: model-refused');
  expect(sent).toContain('"environment":"test"');
  expect(sent).not.toContain(complete.OPENAI_API_KEY);
});

test('an ordinary end is not reported', async () => {
  const asked = vi.fn<RequestListener>((_request, response) => response.end('{}'));
  const observer = await observerOf(await sentryServer(asked));
  await observer.flush(ended('caller-left'), NO_DEADLINE);

  expect(asked).not.toHaveBeenCalled();
});

test('a Sentry that never answers holds a call up no longer than its deadline', async () => {
  const asked = vi.fn<RequestListener>();
  const observer = await observerOf(await sentryServer(asked));
  const deadline = new AbortController();
  const flushed = observer.flush(ended('crashed'), deadline.signal);
  await vi.waitFor(() => expect(asked).toHaveBeenCalled(), 10_000);
  deadline.abort();

  await expect(flushed).resolves.toBeUndefined();
});

test('without a DSN nothing is opened and nothing fails', async () => {
  const open = vi.fn(async () => undefined);
  const observer = sentryObserver(parseConfig(complete), open)(await fakeCall());
  observer.attach();
  observer.onError?.(refused, false);
  await observer.flush(ended('crashed'), NO_DEADLINE);

  expect(open).not.toHaveBeenCalled();
});

test('a client that cannot be opened fails no call', async () => {
  const config = parseConfig({ ...complete, SENTRY_DSN: 'https://public@sentry.example.com/1' });
  const observer = sentryObserver(config, () => Promise.reject(new Error('no such package')))(
    await fakeCall(),
  );
  observer.onError?.(refused, true);

  await expect(observer.flush(ended('crashed'), NO_DEADLINE)).resolves.toBeUndefined();
});

test('the process keeps its own handling of exceptions', async () => {
  const listeners = () =>
    process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');
  const before = listeners();
  const observer = await observerOf(await sentryServer((_request, response) => response.end('{}')));
  await observer.flush(ended('completed'), NO_DEADLINE);

  expect(listeners()).toBe(before);
});
