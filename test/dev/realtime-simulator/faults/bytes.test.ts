import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type RealtimeSimulator } from '../../../../dev/realtime-simulator/index.js';
import { TestClient } from '../support/test-client.js';
import { startTestSimulator } from '../support/test-simulator.js';

let simulator: RealtimeSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterEach(() => simulator.faults.clear());
afterAll(async () => simulator.stop());

/** A client, and what went wrong for it. */
function failing() {
  const client = new TestClient(simulator);
  const failed = new Promise<string>((resolve) =>
    client.socket.once('error', (error) => resolve(error.message)),
  );
  return { client, failed };
}

describe('an upgrade that is broken', () => {
  it.each([
    ['garbage', 'Parse Error'],
    ['truncated', 'socket hang up'],
    ['no-upgrade', 'Unexpected server response: 101'],
    ['wrong-accept', 'Invalid Sec-WebSocket-Accept'],
    ['ok', 'Unexpected server response: 200'],
    ['redirect', 'Unexpected server response: 302'],
    ['huge-headers', 'Header overflow'],
    ['endless-body', 'Unexpected server response: 500'],
  ] as const)('%s', async (answer, words) => {
    simulator.faults.add({ fault: 'broken-upgrade', answer });
    const { client, failed } = failing();
    expect(await failed).toMatch(words);
    client.socket.terminate();
  });

  it.each(['endless-headers', 'endless-continue'] as const)('%s never ends', async (answer) => {
    simulator.faults.add({ fault: 'broken-upgrade', answer });
    const client = new TestClient(simulator);
    const healthy = await TestClient.open(simulator); // Asked later, answered.
    expect(client.socket.readyState).toBe(client.socket.CONNECTING);
    client.socket.terminate();
    healthy.close();
  });
});

describe('a frame that breaks the rules', () => {
  it.each([
    ['masked', 'MASK must be clear'],
    ['reserved-opcode', 'invalid opcode'],
    ['reserved-bits', 'RSV'],
    ['bad-utf8', 'invalid UTF-8'],
    ['bad-close', 'invalid payload length'],
    ['long-ping', 'invalid payload length'],
    ['unfinished-message', 'invalid opcode'],
    ['stray-continuation', 'invalid opcode'],
    ['lying-length', 'payload length'],
  ] as const)('%s', async (name, words) => {
    const { client, failed } = failing();
    await client.next('session.created');
    simulator.faults.add({ fault: 'broken-frame', frame: name, on: 'current' });
    // Some of them only break what comes next, so something has to come, and after them.
    const asking = setInterval(() => client.send({ type: 'input_audio_buffer.clear' }), 10);
    onTestFinished(() => clearInterval(asking));
    expect(await failed).toMatch(words);
  });

  it('fragmented is none: the message arrives whole', async () => {
    simulator.faults.add({ fault: 'broken-frame', frame: 'fragmented' });
    const client = await TestClient.open(simulator);
    expect(await client.next('simulator.fragmented')).toBeDefined();
    client.close();
  });

  it('half-frame swallows what comes after it, and the reset ends it', async () => {
    const client = await TestClient.open(simulator);
    const half = { fault: 'broken-frame', frame: 'half-frame', on: 'current' } as const;
    simulator.faults.add({ ...half, thenReset: true });
    expect(await client.closed).toMatchObject({ code: 1006 });
    expect(client.types).toEqual(['session.created']);
  });

  it('event-flood is five thousand events at once', async () => {
    const client = await TestClient.open(simulator);
    simulator.faults.add({ fault: 'broken-frame', frame: 'event-flood', on: 'current' });
    await client.next('simulator.fragmented');
    await client.settled();
    expect(client.types.filter((type) => type === 'simulator.fragmented')).toHaveLength(5_000);
    client.close();
  });
});

describe('close', () => {
  it.each([1005, 1006, 1015, 2999])('with %i, which must not be sent, is sent', async (code) => {
    simulator.faults.add({ fault: 'close', code });
    const { failed } = failing();
    expect(await failed).toMatch(`invalid status code ${code}`);
  });
});
