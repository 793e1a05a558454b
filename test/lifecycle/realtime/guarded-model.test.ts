import { initializeLogger, type llm } from '@livekit/agents';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  startRealtimeSimulator,
  type RealtimeSimulator,
} from '../../../dev/realtime-simulator/index.js';
import { GuardedRealtimeModel } from '../../../src/lifecycle/realtime/guarded-model.js';

/** The contract with plugin-openai 1.9.0: what the guard changes, seen from the service's side. */

/** For what comes over a socket, however busy the machine is. */
const PATIENCE_MS = 10_000;

let simulator: RealtimeSimulator;
let model: GuardedRealtimeModel;

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
beforeEach(async () => {
  simulator = await startRealtimeSimulator({
    apiKey: 'sk-test',
    speak: async () => new Int16Array(24_000 * 3).fill(2_000),
    latencies: { handshakeMs: 0, firstAudioMs: 0, jitterMs: 0, paceFactor: 50, lateDeltas: 5 },
  });
  model = new GuardedRealtimeModel({ apiKey: 'sk-test', baseURL: simulator.baseURL }, 60_000);
});
afterEach(async () => {
  await model.close();
  await simulator.stop();
});

function seen(direction: 'in' | 'out', type: string): number {
  return simulator.events({ types: [type] }).filter((event) => event.direction === direction)
    .length;
}

describe('the guarded model', () => {
  it('opens one connection, ahead of time, and hands that one out', async () => {
    const opened = model.open();
    await vi.waitFor(() => expect(seen('out', 'session.created')).toBe(1), PATIENCE_MS);
    expect(model.session()).toBe(opened);
    expect(simulator.connections()).toHaveLength(1);
    expect(model.connections).toBe(1);
  });

  it('refuses a second session, and no second connection is opened', async () => {
    model.session();
    expect(() => model.session()).toThrow('this call already has its realtime session');
    expect(() => model.open()).toThrow('this call already has its realtime session');
    await vi.waitFor(() => expect(seen('out', 'session.created')).toBe(1), PATIENCE_MS);
    expect(simulator.connections()).toHaveLength(1);
  });

  it('closes its connection, which upstream leaves open', async () => {
    const session = model.open();
    await vi.waitFor(() => expect(seen('out', 'session.created')).toBe(1), PATIENCE_MS);
    await Promise.all([session.close(), session.close()]);
    await vi.waitFor(
      () => expect(simulator.connections()[0]?.closedBy).toBe('client'),
      PATIENCE_MS,
    );
  });

  it('lets audio that arrives after an interruption go without an unhandled rejection', async () => {
    const unhandled = vi.fn();
    process.prependListener('unhandledRejection', unhandled);
    onTestFinished(() => void process.off('unhandledRejection', unhandled));
    const session = model.open();
    const reply: llm.GenerationCreatedEvent = await session.generateReply('Greet.');
    for await (const message of reply.messageStream) {
      const reader = message.audioStream.getReader();
      await reader.read();
      await reader.cancel();
      break;
    }
    await session.interrupt();
    await vi.waitFor(() => expect(seen('out', 'response.done')).toBe(1), PATIENCE_MS);
    expect(seen('out', 'response.output_audio.delta')).toBeGreaterThan(1);
    await vi.waitFor(() => expect(seen('out', 'session.updated')).toBeGreaterThan(0), PATIENCE_MS);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
