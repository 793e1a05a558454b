import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RealtimeSimulator } from '../../../dev/realtime-simulator/index.js';
import { refusal } from './support/refusal.js';
import { TestClient } from './support/test-client.js';
import { startTestSimulator } from './support/test-simulator.js';

let simulator: RealtimeSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterAll(async () => simulator.stop());

describe('the handshake', () => {
  it.each(['/v1/realtime', '/realtime', '/v1//realtime', '/openai/v1/realtime'])(
    'opens %s',
    async (path) => {
      const client = await TestClient.open(simulator, { path: `${path}?model=gpt-realtime` });
      client.close();
    },
  );

  it('takes the key as api-key too', async () => {
    const headers = { authorization: '', 'api-key': 'sk-simulator' };
    const client = await TestClient.open(simulator, { headers });
    client.close();
  });

  it('refuses a wrong key with 401, in the service’s words', async () => {
    const client = new TestClient(simulator, { headers: { authorization: 'Bearer sk-wrong' } });
    expect(await refusal(client)).toMatchObject({
      status: 401,
      body: { error: { type: 'invalid_request_error', code: 'invalid_api_key' } },
    });
    expect(simulator.connections().at(-1)).toMatchObject({ refusedWith: 401, openedAt: null });
  });

  it('refuses another path with 404', async () => {
    expect(await refusal(new TestClient(simulator, { path: '/v1/other' }))).toMatchObject({
      status: 404,
    });
  });

  it('turns away a client of the beta dialect, as the service does', async () => {
    const client = new TestClient(simulator, { headers: { 'openai-beta': 'realtime=v1' } });
    expect(await client.closed).toEqual({
      code: 4000,
      reason: 'invalid_request_error.beta_api_shape_disabled',
    });
    expect(client.events).toMatchObject([{ error: { code: 'beta_api_shape_disabled' } }]);
  });
});

describe('the longest session', () => {
  it('ends with session_expired and close 1001', async () => {
    await using brief = await startTestSimulator({ maxSessionMs: 20 });
    const client = new TestClient(brief);
    expect(await client.closed).toMatchObject({ code: 1001 });
    expect(client.events.at(-1)).toMatchObject({ error: { code: 'session_expired' } });
    expect(brief.connections()[0]).toMatchObject({ closedBy: 'simulator', closeCode: 1001 });
  });
});

describe('stop()', () => {
  it('ends with a connection that was frozen, and a handshake that hangs', async () => {
    const stopping = await startTestSimulator();
    const frozen = await TestClient.open(stopping);
    stopping.faults.add({ fault: 'half-open', on: 'current' });
    frozen.send({ type: 'response.create' });
    stopping.faults.add({ fault: 'hang-upgrade' });
    const hanging = new TestClient(stopping);
    await vi.waitUntil(() => stopping.connections().length === 2, 10_000);
    await stopping.stop();
    expect(await frozen.closed).toMatchObject({ code: 1006 });
    expect(await hanging.closed).toMatchObject({ code: 1006 });
    expect(stopping.connections().every(({ closedAt }) => closedAt !== null)).toBe(true);
  });

  it('cuts open connections, and twice is the same as once', async () => {
    const stopping = await startTestSimulator();
    const client = await TestClient.open(stopping);
    await Promise.all([stopping.stop(), stopping.stop()]);
    expect(await client.closed).toMatchObject({ code: 1006 });
  });
});
