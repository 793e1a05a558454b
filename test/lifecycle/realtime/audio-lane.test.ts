import { AudioFrame } from '@livekit/rtc-node';
import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, expect, it } from 'vitest';
import { AudioLane } from '../../../src/lifecycle/realtime/audio-lane.js';
import { collectGarbage } from '../../../dev/soak/garbage.js';
import { Supervised } from './support/supervised.js';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

describe('the lane for audio', () => {
  it('is free until an event is queued, and again when the latest one is sent', () => {
    const lane = new AudioLane();
    const [first, second] = [{}, {}];
    expect(lane.isFree).toBe(true);
    lane.queued(first);
    lane.queued(second);
    lane.sending(first);
    expect(lane.isFree).toBe(false);
    lane.sending(second);
    expect(lane.isFree).toBe(true);
  });

  it('does not wait for ever for an event that was lost with its connection', () => {
    const lane = new AudioLane();
    const [lost, next] = [{}, {}];
    lane.queued(lost);
    lane.queued(next);
    lane.sending(next);
    expect(lane.isFree).toBe(true);
  });
});

describe('a guarded session', () => {
  it('does not keep the audio that it has sent', async () => {
    await using call = await Supervised.start();
    const session = await call.connected();
    const sent: WeakRef<object>[] = [];
    session.on('openai_client_event_queued', (event: object) => {
      if (typeOf(event) === 'input_audio_buffer.append') {
        sent.push(new WeakRef(event));
      }
    });
    for (let at = 0; at < 200; at += 1) {
      session.pushAudio(quarter());
      // The plugin's queue has to come in between.
      await new Promise(setImmediate);
    }
    await call.until(() => typesSeen(call).filter((type) => type === APPEND).length >= 200);
    collectGarbage();
    expect(sent.length).toBeGreaterThanOrEqual(200);
    expect(sent.filter((event) => event.deref() !== undefined).length).toBeLessThan(20);
    await session.close();
  });

  it('keeps the order of audio and everything else', async () => {
    await using call = await Supervised.start();
    const session = await call.connected();
    for (let round = 0; round < 20; round += 1) {
      session.pushAudio(quarter());
      session.sendEvent({ type: 'input_audio_buffer.clear' });
      session.pushAudio(quarter());
    }
    const asked = Array.from({ length: 20 }, () => [APPEND, CLEAR, APPEND]).flat();
    const ofAudio = () => typesSeen(call).filter((type) => asked.includes(type));
    // A frame may make more than one event: how often the clearing comes, and after what, is what counts.
    const cleared = () => ofAudio().filter((type) => type === CLEAR).length;
    await call.until(() => cleared() === 20 && ofAudio().at(-1) === APPEND);
    expect(ofAudio().filter((type) => type === CLEAR)).toHaveLength(20);
    expect(oneOfEach(ofAudio())).toEqual(oneOfEach(asked));
    await session.close();
  });

  it('sends no audio on a new connection before the settings', async () => {
    await using call = await Supervised.start();
    const session = await call.connected();
    session.pushAudio(quarter());
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    const seenByTheNewOne = (): string[] => {
      const latest = call.simulator.connections().at(-1)?.id ?? '';
      const seen = call.simulator.events({ connection: latest });
      return seen.filter(({ direction }) => direction === 'in').map(({ type }) => type);
    };
    await call.until(() => {
      session.pushAudio(quarter());
      return call.reconnected.length === 1 && seenByTheNewOne().includes(APPEND);
    });
    expect(seenByTheNewOne()[0]).toBe('session.update');
    await session.close();
  });
});

const APPEND = 'input_audio_buffer.append';
const CLEAR = 'input_audio_buffer.clear';

/** A quarter of a second. */
function quarter(): AudioFrame {
  return new AudioFrame(new Int16Array(6000), 24_000, 1, 6000);
}

function typesSeen(call: Supervised): string[] {
  return call.simulator
    .events()
    .filter(({ direction }) => direction === 'in')
    .map(({ type }) => type);
}

/** Neighbours of the same kind count once. */
function oneOfEach(types: readonly string[]): string[] {
  return types.filter((type, at) => types[at - 1] !== type);
}

function typeOf(event: object): unknown {
  return Reflect.get(event, 'type');
}
