import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  faultCatalogue,
  type RealtimeSimulator,
} from '../../../../dev/realtime-simulator/index.js';
import { TestClient } from '../support/test-client.js';
import { startTestSimulator } from '../support/test-simulator.js';

let simulator: RealtimeSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterEach(() => simulator.faults.clear());
afterAll(async () => simulator.stop());

describe('the scope of a fault', () => {
  it('next is for so many connections and no more', async () => {
    simulator.faults.add({ fault: 'close', code: 1011, connections: 2 });
    await new TestClient(simulator).closed;
    await new TestClient(simulator).closed;
    const third = await TestClient.open(simulator);
    await third.settled();
    third.close();
  });

  it('every is for those that are open and all to come, until cleared', async () => {
    const open = await TestClient.open(simulator);
    simulator.faults.add({ fault: 'drop', on: 'every' });
    await open.closed;
    await new TestClient(simulator).closed;
    simulator.faults.clear();
    const after = await TestClient.open(simulator);
    await after.settled();
    after.close();
  });

  it('current can name the connection', async () => {
    const first = await TestClient.open(simulator);
    const { id } = simulator.connections().at(-1) ?? {};
    const second = await TestClient.open(simulator);
    simulator.faults.add({ fault: 'drop', on: 'current', ...(id && { connection: id }) });
    await first.closed;
    await second.settled();
    second.close();
  });
});

describe('a fault that cannot be', () => {
  it.each([
    [{ fault: 'earthquake' }, /There is no fault "earthquake"/],
    [{ fault: 'close', code: 7 }, /code/],
    [{ fault: 'drop', afterMinutes: 1 }, /afterMinutes/],
    [{ fault: 'drop', on: 'current', connection: 'conn_0' }, /conn_0 is open/],
    [{ fault: 'hang-upgrade', on: 'current' }, /handshake/],
    ['drop', /expected object/],
  ])('is refused: %o', (request, words) => {
    expect(() => simulator.faults.addUnchecked(request)).toThrow(words);
  });
});

describe('the catalogue', () => {
  it('has every fault once, with a line about it', () => {
    const names = faultCatalogue.map((fault) => fault.name);
    expect(new Set(names).size).toBe(names.length);
    expect(faultCatalogue.every((fault) => fault.about.endsWith('.'))).toBe(true);
  });
});
