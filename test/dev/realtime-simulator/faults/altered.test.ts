import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type RealtimeSimulator } from '../../../../dev/realtime-simulator/index.js';
import { TestClient } from '../support/test-client.js';
import { startTestSimulator } from '../support/test-simulator.js';

let simulator: RealtimeSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterEach(() => simulator.faults.clear());
afterAll(async () => simulator.stop());

const AUDIO = 'response.output_audio.delta';

/** The events of one whole reply. */
async function reply(): Promise<readonly { readonly type: string }[]> {
  const client = await TestClient.open(simulator);
  client.send({ type: 'response.create' });
  await client.next('response.done');
  await client.settled();
  client.close();
  return client.events;
}

it('duplicate-events sends each of them twice, and the others once', async () => {
  simulator.faults.add({ fault: 'duplicate-events', types: ['response.created'] });
  const types = (await reply()).map(({ type }) => type);
  expect(types.filter((type) => type === 'response.created')).toHaveLength(2);
  expect(types.filter((type) => type === 'response.done')).toHaveLength(1);
});

it('missing-field leaves the field out, wrong-field puts another value in', async () => {
  simulator.faults.add({ fault: 'missing-field', types: [AUDIO], field: 'delta' });
  simulator.faults.add({
    fault: 'wrong-field',
    types: ['response.created'],
    field: 'response',
    value: null,
  });
  const events = await reply();
  expect(events.find(({ type }) => type === AUDIO)).not.toHaveProperty('delta');
  expect(events.find(({ type }) => type === 'response.created')).toMatchObject({ response: null });
});

it('odd-audio loses no byte, and has an odd number in each piece', async () => {
  simulator.faults.add({ fault: 'odd-audio' });
  const pieces = (await reply()).flatMap((event) =>
    event.type === AUDIO ? [Buffer.from(String(Reflect.get(event, 'delta')), 'base64')] : [],
  );
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.filter(({ length }) => length % 2 === 0)).toEqual([]);
});
