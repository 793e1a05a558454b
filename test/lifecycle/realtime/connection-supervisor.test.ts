import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  startRealtimeSimulator,
  type RealtimeSimulator,
} from '../../../dev/realtime-simulator/index.js';
import { ConnectionError } from '../../../src/lifecycle/realtime/connection-error.js';
import { connectionSettings } from '../../../src/lifecycle/realtime/connection-settings.js';
import { ConnectionSupervisor } from '../../../src/lifecycle/realtime/connection-supervisor.js';
import { impatient } from './support/supervised.js';

let simulator: RealtimeSimulator;
let told: string[];
let supervisor: ConnectionSupervisor;

beforeEach(async () => {
  simulator = await startRealtimeSimulator({
    apiKey: 'sk-test',
    speak: async () => new Int16Array(0),
  });
  told = [];
  supervisor = new ConnectionSupervisor(connectionSettings(impatient), {
    reconnecting: ({ attempt, of, cause }) =>
      void told.push(`${attempt} of ${of}: ${cause.category}`),
    reconnected: () => void told.push('reconnected'),
    outstanding: () => undefined,
    replyFailed: () => undefined,
    callerUnheard: () => undefined,
    callerHeard: () => undefined,
    lost: (cause) => void told.push(`lost: ${cause?.category ?? 'on purpose'}`),
    gaveUp: (error) => void told.push(`gave up in ${supervisor.state.name}: ${error.message}`),
  });
});
afterEach(async () => {
  await supervisor.close();
  await simulator.stop();
});

const request =
  (key = 'sk-test') =>
  () => ({
    url: `${simulator.baseURL.replace('http', 'ws')}/realtime?model=gpt-realtime`,
    headers: { Authorization: `Bearer ${key}` },
  });

describe('ConnectionSupervisor', () => {
  it('opens a connection and keeps its first event for whoever listens late', async () => {
    const socket = await supervisor.connect(request());
    const first = await new Promise<string>((resolve) => {
      socket.onmessage = ({ data }) => resolve(data);
    });
    expect(first).toContain('session.created');
  });

  it('tries again after a failure, and says so before and after', async () => {
    simulator.faults.add({ fault: 'reject-upgrade', status: 503, connections: 2 });
    await supervisor.connect(request());
    expect(told).toEqual(['2 of 4: server', '3 of 4: server', 'reconnected']);
  });

  it('gives up once, however often it is asked, and opens nothing any more', async () => {
    await expect(supervisor.connect(request('sk-wrong'))).rejects.toThrow('401');
    await expect(supervisor.connect(request())).rejects.toThrow('401');
    supervisor.giveUp('again', new ConnectionError('again', { category: 'server' }));
    expect(told).toEqual([expect.stringContaining('gave up in gave-up')]);
    expect(simulator.connections()).toHaveLength(1);
  });

  it('announces the end before it closes anything', async () => {
    const socket = await supervisor.connect(request());
    socket.onclose = () => void told.push('closed');
    supervisor.giveUp('enough', new ConnectionError('enough', { category: 'server' }));
    expect(told).toEqual(['gave up in gave-up: enough', 'closed']);
  });

  it('has one connection at a time, also when it is renewed on purpose', async () => {
    const first = await supervisor.connect(request());
    supervisor.renew();
    await supervisor.connect(request());
    expect(first.readyState).toBe(3);
    expect(told).toEqual(['lost: on purpose']);
    expect(simulator.peakOpen()).toBe(1);
  });

  it('stops for an address that nobody listens on, after four attempts', async () => {
    const nowhere = { url: 'ws://127.0.0.1:1/v1/realtime', headers: {} };
    await expect(supervisor.connect(() => nowhere)).rejects.toThrow('ECONNREFUSED');
    expect(supervisor.attempts).toBe(4);
  });

  it('stops at once for an address that no request can be made of', async () => {
    const nonsense = { url: 'not an address', headers: {} };
    await expect(supervisor.connect(() => nonsense)).rejects.toThrow('Invalid URL');
    expect(supervisor.attempts).toBe(1);
  });
});
