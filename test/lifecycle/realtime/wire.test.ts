import { describe, expect, it } from 'vitest';
import { startRealtimeSimulator } from '../../../dev/realtime-simulator/index.js';
import { Wire } from '../../../src/lifecycle/realtime/wire.js';
import { ClientSockets } from './support/client-sockets.js';

describe('a wire that is cut', () => {
  it('is gone when it says so, also on a machine that was busy for longer than one waits', async () => {
    await using simulator = await startRealtimeSimulator({ apiKey: 'sk-test' });
    const sockets = new ClientSockets();
    sockets.watch(Number(new URL(simulator.url).port));
    const wire = new Wire(
      {
        url: `${simulator.baseURL.replace('http', 'ws')}/realtime?model=gpt-realtime`,
        headers: { Authorization: 'Bearer sk-test' },
      },
      1_000_000,
    );
    await new Promise<void>((resolve, reject) => {
      wire.listen({ opened: resolve, frame: () => undefined, ended: reject });
    });
    expect(sockets.open).toBe(1);
    const cut = wire.cut();
    const until = new Int32Array(new SharedArrayBuffer(4));
    Atomics.wait(until, 0, 0, 1_100); // Nothing of this process goes on meanwhile.
    await cut;
    expect(sockets.open).toBe(0);
    sockets.stop();
  });
});
