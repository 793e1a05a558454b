import { initializeLogger, log } from '@livekit/agents';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '../../src/config/schema.js';
import { observers } from '../../src/observers.js';
import { traceObserver } from '../../src/telemetry/traces/trace-observer.js';
import { complete } from '../config/complete-environment.js';
import { fakeCall } from '../interview/fake-call.js';
import { textWith } from '../records/delivery/support/text-with.js';
import { startCollector } from './support/collector.js';
import { conductor, configFor, NOON, observed } from './support/traced-call.js';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('a collector that is no help', () => {
  const refusing = (response: ServerResponse) => response.writeHead(500).end('goats');

  it('that answers with an error fails no call, and is told of once, with code and remedy', async () => {
    await using collector = await startCollector(refusing);
    const { config, tracing } = configFor(collector.url);
    const logged = vi.spyOn(log(), 'error');
    const observe = traceObserver(config, tracing);
    for (const room of ['room-1', 'room-2']) {
      const { enters, ends } = conductor(await fakeCall(), (call) => observe(call, room));
      enters(0, 'starting');
      await expect(ends(1)).resolves.toBeUndefined();
    }

    expect(collector.requests).toHaveLength(2);
    expect(logged.mock.calls).toEqual([
      [
        {
          error: {
            code: 'TRACES_NOT_SENT',
            fault: 'worker',
            message: textWith('500'),
            remedy: textWith('OTEL_EXPORTER_OTLP_ENDPOINT'),
          },
        },
        'traces cannot be sent; calls go on without them',
      ],
    ]);
    expect(JSON.stringify(logged.mock.calls)).not.toContain('goats');
  });

  it('that nobody listens at fails no call', async () => {
    // The exporter itself tries again within this time.
    vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '100');
    const gone = await startCollector();
    await gone[Symbol.asyncDispose]();
    const logged = vi.spyOn(log(), 'error');
    const call = await observed(gone.url);
    call.enters(0, 'starting');
    await call.ends(1);

    expect(JSON.stringify(logged.mock.calls)).toContain('ECONNREFUSED');
  });

  /** A call at its end, whose collector was asked and does not answer. Time stands still. */
  async function unanswered(deadline?: AbortSignal) {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: NOON });
    const asked = vi.fn<(response: ServerResponse) => void>();
    const collector = await startCollector(asked);
    const call = await observed(collector.url);
    call.enters(0, 'starting');
    const ended = call.ends(1, {}, deadline);
    while (asked.mock.calls.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { ended, [Symbol.asyncDispose]: () => collector[Symbol.asyncDispose]() };
  }

  it('that never answers holds nothing up beyond the deadline', async () => {
    const deadline = new AbortController();
    await using call = await unanswered(deadline.signal);
    deadline.abort();

    await expect(call.ended).resolves.toBeUndefined();
  });

  it('that never answers holds nothing up for more than three seconds, whatever the deadline', async () => {
    await using call = await unanswered();
    let isOver = false;
    const ended = call.ended.then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(2_900);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    await ended;
  });
});

describe('without a collector', () => {
  it('no observer is there, and nothing is loaded', async () => {
    const loaded = vi.fn();
    vi.doMock('../../src/telemetry/traces/otlp.js', () => {
      loaded();
      return {};
    });
    const without = observers(parseConfig(complete), Promise.resolve(undefined));
    const { config } = configFor('http://127.0.0.1:9');

    expect(without).toHaveLength(4);
    expect(loaded).not.toHaveBeenCalled();
    expect(observers(config, Promise.resolve(undefined))).toHaveLength(5);
    await vi.waitFor(() => expect(loaded).toHaveBeenCalled());
    vi.doUnmock('../../src/telemetry/traces/otlp.js');
  });
});
