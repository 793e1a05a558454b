import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type RealtimeSimulator } from '../../../../dev/realtime-simulator/index.js';
import { TestClient } from '../support/test-client.js';
import { startTestSimulator } from '../support/test-simulator.js';

let simulator: RealtimeSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterEach(() => simulator.faults.clear());
afterAll(async () => simulator.stop());

const ask = { type: 'response.create', event_id: 'asked' };
const serverError = {
  type: 'server_error',
  code: 'server_error',
  message: 'The server had an error while processing your request.',
};

describe('frames and errors', () => {
  it.each([
    [{ fault: 'malformed-frame' }, (frame: string | Buffer) => !isJson(frame)],
    [{ fault: 'binary-frame' }, (frame: string | Buffer) => Buffer.isBuffer(frame)],
    [
      { fault: 'unknown-event' },
      (frame: string | Buffer) => frame.includes('"response.thought.delta"'),
    ],
    [{ fault: 'oversized-frame' }, (frame: string | Buffer) => frame.length > 20_000_000],
  ] as const)('%o is sent, and the session goes on', async (fault, isIt) => {
    const client = await TestClient.open(simulator);
    simulator.faults.add({ ...fault, on: 'current' });
    await client.until(() => client.frames.some(isIt), fault.fault);
    await client.settled();
    expect(simulator.events({ types: ['frame'] }).at(-1)).toMatchObject({ injected: true });
    client.close();
  });

  it('error-event can be a storm, in which the simulator itself piles nothing up', async () => {
    const warned = vi.fn();
    process.on('warning', warned);
    onTestFinished(() => void process.off('warning', warned));
    const client = await TestClient.open(simulator);
    simulator.faults.add({ fault: 'error-event', on: 'current', times: 20, everyMs: 1 });
    const errors = (): unknown[] => client.events.filter((event) => event.type === 'error');
    await client.until(() => errors().length === 20, 'twenty errors');
    expect(errors()[19]).toMatchObject({ error: { code: 'server_error', event_id: null } });
    expect(warned).not.toHaveBeenCalled();
    client.close();
  });
});

describe('a reply fault', () => {
  it('refuse-response answers the request with an error that names it', async () => {
    simulator.faults.add({ fault: 'refuse-response', code: 'invalid_value' });
    const client = await TestClient.open(simulator);
    client.send(ask);
    expect(await client.next('error')).toMatchObject({
      error: { code: 'invalid_value', event_id: 'asked' },
    });
    client.close();
  });

  it('response-never-starts says nothing, as many times as it is told to', async () => {
    simulator.faults.add({ fault: 'response-never-starts', replies: 1 });
    const client = await TestClient.open(simulator);
    client.send(ask);
    await client.settled();
    expect(client.types).not.toContain('response.created');
    client.send(ask);
    await client.next('response.done');
    client.close();
  });

  it('response-failed ends the reply at once', async () => {
    simulator.faults.add({ fault: 'response-failed', code: 'insufficient_quota' });
    const client = await TestClient.open(simulator);
    client.send(ask);
    expect(await client.next('response.done')).toMatchObject({
      response: {
        status: 'failed',
        status_details: { error: { ...serverError, code: 'insufficient_quota' } },
        output: [],
      },
    });
    client.close();
  });

  it('response-stalls stops in the middle, and cannot be cancelled', async () => {
    simulator.faults.add({ fault: 'response-stalls', afterAudioMs: 200 });
    const client = await TestClient.open(simulator);
    client.send(ask);
    await client.next('response.output_audio.delta');
    client.send({ type: 'response.cancel' });
    await client.settled();
    client.send(ask);
    expect(await client.next('error')).toMatchObject({
      error: { code: 'conversation_already_has_active_response' },
    });
    expect(client.types).not.toContain('response.done');
    client.close();
  });

  it('drop-in-response cuts the connection after so much audio', async () => {
    simulator.faults.add({ fault: 'drop-in-response', afterAudioMs: 200 });
    const client = await TestClient.open(simulator);
    client.send(ask);
    expect(await client.closed).toMatchObject({ code: 1006 });
    const deltas = client.types.filter((type) => type === 'response.output_audio.delta');
    expect(deltas).toHaveLength(1);
  });

  it('response-incomplete ends it early, with the reason', async () => {
    simulator.faults.add({ fault: 'response-incomplete', afterAudioMs: 200 });
    const client = await TestClient.open(simulator);
    client.send(ask);
    expect(await client.next('response.done')).toMatchObject({
      response: {
        status: 'incomplete',
        status_details: { type: 'incomplete', reason: 'max_output_tokens' },
      },
    });
    client.close();
  });
});

function isJson(frame: string | Buffer): boolean {
  try {
    JSON.parse(frame.toString());
    return true;
  } catch {
    return false;
  }
}
