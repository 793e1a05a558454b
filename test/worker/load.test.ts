import { readFileSync } from 'node:fs';
import { initializeLogger, type ServerOptions } from '@livekit/agents';
import { beforeAll, describe, expect, it, test, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseConfig } from '../../src/config/schema.js';
import { workerOptions } from '../../src/worker/worker-options.js';
import { complete } from '../config/complete-environment.js';

beforeAll(() => {
  initializeLogger({ pretty: false, level: 'silent' });
});

const optionsOf = (maxCalls: number): Promise<ServerOptions> =>
  workerOptions(parseConfig({ ...complete, MAX_CALLS: String(maxCalls) }), import.meta.url, {
    closingMs: 1_000,
  });

/** The load that LiveKit is told. */
async function loadOf({ loadFunc }: ServerOptions): Promise<unknown> {
  const load: unknown = await Reflect.apply(loadFunc, undefined, []);
  return load;
}

/** Offers a job, as LiveKit does. */
async function offer({ requestFunc }: ServerOptions, id: string) {
  const request = {
    id,
    accept: vi.fn(async () => undefined),
    reject: vi.fn(async () => undefined),
  };
  await Reflect.apply(requestFunc, undefined, [request]);
  return { accepted: request.accept.mock.calls.length, rejected: request.reject.mock.calls.length };
}

describe('the load of a worker', () => {
  it('is what is taken of its places: below the threshold as long as one is free, and on it when none is', async () => {
    const options = await optionsOf(2);
    // In `start` the framework's default is endless, and no load reaches it.
    expect(options.loadThreshold).toBe(0.7);
    expect(await loadOf(options)).toBe(0);
    await offer(options, 'AJ_1');
    expect(await loadOf(options)).toBeLessThan(options.loadThreshold);
    await offer(options, 'AJ_2');
    expect(await loadOf(options)).toBe(options.loadThreshold);
  });

  it('is told too seldom to stop a burst: what comes beyond the last place is rejected, so that another worker is asked', async () => {
    const options = await optionsOf(1);
    expect(await offer(options, 'AJ_1')).toEqual({ accepted: 1, rejected: 0 });
    expect(await offer(options, 'AJ_2')).toEqual({ accepted: 0, rejected: 1 });
  });
});

test.each(['deploy/livekit.yaml', 'deploy/livekit-2.yaml'])(
  '%s asks a worker as long as it has a free place, even one of very many',
  async (file) => {
    const { agents } = z
      .object({ agents: z.object({ target_load: z.number() }) })
      .parse(parse(readFileSync(file, 'utf8')));
    expect(agents.target_load).toBeGreaterThanOrEqual((await optionsOf(1)).loadThreshold);
  },
);
