import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  faultCatalogue,
  SimulatorControl,
  type RealtimeSimulator,
} from '../../../dev/realtime-simulator/index.js';
import { silence } from './support/sounds.js';
import { TestClient } from './support/test-client.js';
import { startTestSimulator } from './support/test-simulator.js';

let simulator: RealtimeSimulator;
let control: SimulatorControl;
beforeAll(async () => {
  simulator = await startTestSimulator();
  control = new SimulatorControl({ url: simulator.url, token: simulator.controlToken });
});
afterAll(async () => simulator.stop());

describe('the control API', () => {
  it.each([
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['the API key', { authorization: 'Bearer sk-simulator' }],
  ])('is closed to %s', async (_name, headers) => {
    const response = await fetch(`${simulator.url}/control/connections`, { headers });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('conn_');
  });

  it('shows each connection, its session, its events, and who closed it', async () => {
    await control.reset();
    const client = await TestClient.open(simulator);
    client.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        instructions: 'Be kind.',
        audio: { input: { transcription: { language: 'en' } }, output: { voice: 'cedar' } },
      },
    });
    await client.next('session.updated');
    client.speak(silence(200));
    await client.settled();
    client.socket.close(1000, 'bye');
    await client.closed;
    expect(await control.connections()).toMatchObject([
      {
        id: 'conn_1',
        closeCode: 1000,
        closeReason: 'bye',
        closedBy: 'client',
        events: { in: { 'session.update': 2, 'input_audio_buffer.append': 2 } },
        audio: { heardMs: 200, spokenMs: 0 },
        session: { voice: 'cedar', language: 'en', instructionsLength: 8 },
      },
    ]);
    expect(await control.status()).toEqual({ attempts: 1, open: 0, peakOpen: 1 });
  });

  it('tells a connection that went from one that was closed', async () => {
    await control.reset();
    const client = await TestClient.open(simulator);
    client.socket.terminate();
    const witness = await TestClient.open(simulator);
    await witness.settled();
    expect((await control.connections())[0]).toMatchObject({ closedBy: 'network' });
    witness.close();
  });

  it('shows events of both directions, without their audio', async () => {
    await control.reset();
    const client = await TestClient.open(simulator);
    client.speak(silence(100));
    client.send({ type: 'response.create' });
    await client.next('response.done');
    const types = ['input_audio_buffer.append', 'response.output_audio.delta'];
    const [heard, spoken] = await control.events({ connection: 'conn_1', types });
    expect(heard).toMatchObject({ direction: 'in', event: { audio: '<6400 characters>' } });
    expect(spoken).toMatchObject({ direction: 'out', event: { delta: '<12800 characters>' } });
    expect(await control.events({ connection: 'conn_9' })).toEqual([]);
    client.close();
  });

  it('starts and clears faults', async () => {
    await control.reset();
    expect(await control.addFault({ fault: 'drop', on: 'every' })).toMatch(/^fault_/);
    await new TestClient(simulator).closed;
    await control.clearFaults();
    const client = await TestClient.open(simulator);
    await client.settled();
    client.close();
  });

  it('says what is wrong with a fault', async () => {
    await expect(control.addFault({ fault: 'reject-upgrade', status: 200 })).rejects.toThrow(
      /400 .*status/,
    );
  });

  it('lists the catalogue', async () => {
    const headers = { authorization: `Bearer ${simulator.controlToken}` };
    const response = await fetch(`${simulator.url}/control/faults`, { headers });
    const names = faultCatalogue.map(({ name, about }) => ({ name, about }));
    expect(await response.json()).toMatchObject({ active: [], catalogue: names });
  });

  it('reset cuts what is open and forgets what was', async () => {
    const client = await TestClient.open(simulator);
    await control.addFault({ fault: 'drop', on: 'next' });
    await control.reset();
    await client.closed;
    expect(await control.connections()).toEqual([]);
    expect(await control.events()).toEqual([]);
    const next = await TestClient.open(simulator);
    await next.settled();
    next.close();
  });
});
