import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RealtimeSimulator } from '../../../../dev/realtime-simulator/index.js';
import { refusal } from '../support/refusal.js';
import { TestClient } from '../support/test-client.js';
import { startTestSimulator } from '../support/test-simulator.js';

let simulator: RealtimeSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterEach(() => simulator.faults.clear());
afterAll(async () => simulator.stop());

const ask = { type: 'response.create', event_id: 'asked' };

describe('a handshake fault', () => {
  it('reject-upgrade answers with the status and Retry-After', async () => {
    simulator.faults.add({ fault: 'reject-upgrade', status: 429, retryAfterSeconds: 3 });
    expect(await refusal(new TestClient(simulator))).toMatchObject({
      status: 429,
      headers: { 'retry-after': '3' },
      body: { error: { type: 'rate_limit_error' } },
    });
  });

  it('hang-upgrade leaves the connection without an answer', async () => {
    simulator.faults.add({ fault: 'hang-upgrade' });
    const client = new TestClient(simulator);
    const healthy = await TestClient.open(simulator); // Asked later, answered.
    expect(client.socket.readyState).toBe(client.socket.CONNECTING);
    client.socket.terminate();
    healthy.close();
  });

  it('reset-upgrade cuts the connection', async () => {
    simulator.faults.add({ fault: 'reset-upgrade' });
    expect(await new TestClient(simulator).closed).toMatchObject({ code: 1006 });
  });

  it('slow-handshake opens in the end', async () => {
    simulator.faults.add({ fault: 'slow-handshake', delayMs: 500 });
    const slow = new TestClient(simulator);
    const healthy = await TestClient.open(simulator);
    expect(slow.socket.readyState).toBe(slow.socket.CONNECTING);
    await slow.next('session.created');
    slow.close();
    healthy.close();
  });
});

describe('an ending', () => {
  it('close is accept, then close, with the code', async () => {
    simulator.faults.add({ fault: 'close', code: 1011, reason: 'gone' });
    expect(await new TestClient(simulator).closed).toEqual({ code: 1011, reason: 'gone' });
    expect(simulator.connections().at(-1)).toMatchObject({
      closedBy: 'simulator',
      closeCode: 1011,
    });
  });

  it('drop cuts the connection', async () => {
    simulator.faults.add({ fault: 'drop' });
    expect(await new TestClient(simulator).closed).toMatchObject({ code: 1006 });
  });

  it('drop-after-response cuts the connection when a reply is complete, and each one after', async () => {
    simulator.faults.add({ fault: 'drop-after-response', on: 'every' });
    for (let round = 0; round < 2; round += 1) {
      const client = await TestClient.open(simulator);
      client.send(ask);
      expect(await client.closed).toMatchObject({ code: 1006 });
      expect(client.events.at(-1)).toMatchObject({
        type: 'response.done',
        response: { status: 'completed' },
      });
    }
  });

  it('session-expired says so before it closes', async () => {
    simulator.faults.add({ fault: 'session-expired' });
    const client = new TestClient(simulator);
    expect(await client.closed).toMatchObject({ code: 1001 });
    expect(client.events.at(-1)).toMatchObject({ error: { code: 'session_expired' } });
  });
});

describe('silence', () => {
  it('silent answers nothing but pings', async () => {
    simulator.faults.add({ fault: 'silent' });
    const client = new TestClient(simulator);
    await once(client.socket, 'open');
    client.send(ask);
    const pong = once(client.socket, 'pong');
    client.socket.ping();
    await pong;
    expect(client.events).toEqual([]);
    client.close();
  });

  it('half-open stops reading, and works again when cleared', async () => {
    const client = await TestClient.open(simulator);
    simulator.faults.add({ fault: 'half-open', on: 'current' });
    const before = simulator.events({ types: ['session.update'] }).length;
    const other = await TestClient.open(simulator);
    client.send({ type: 'session.update', session: { type: 'realtime' } });
    await other.settled();
    await other.settled();
    // Both of the other connection; the frozen one's lies unread.
    expect(simulator.events({ types: ['session.update'] })).toHaveLength(before + 2);
    simulator.faults.clear();
    await client.next('session.updated');
    client.close();
    other.close();
  });

  it('slow-first-event keeps everything back, in order', async () => {
    simulator.faults.add({ fault: 'slow-first-event', delayMs: 500 });
    const client = new TestClient(simulator);
    await once(client.socket, 'open');
    client.send({ type: 'session.update', session: { type: 'realtime' } });
    expect(client.events).toEqual([]);
    await client.next('session.updated');
    expect(client.types).toEqual(['session.created', 'session.updated']);
    client.close();
  });

  it('withhold-events and overlook-events leave out single types', async () => {
    simulator.faults.add({ fault: 'withhold-events', types: ['session.created'] });
    simulator.faults.add({ fault: 'overlook-events', types: ['response.create'] });
    const client = new TestClient(simulator);
    await once(client.socket, 'open');
    client.send(ask);
    await client.settled();
    expect(client.types).toEqual(['session.updated']);
    client.close();
  });
});
