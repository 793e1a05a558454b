import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TestClient } from './support/test-client.js';
import { startTestSimulator } from './support/test-simulator.js';

describe('the event log', () => {
  it('holds every event of both directions in full, and marks what is not the protocol', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'simulator-log-'));
    const eventLog = join(folder, 'events.jsonl');
    const simulator = await startTestSimulator({ eventLog });
    simulator.faults.add({ fault: 'binary-frame' });
    const client = await TestClient.open(simulator);
    client.send({ type: 'nonsense' });
    client.send({ type: 'response.create' });
    await client.next('response.done');
    await client.until(() => client.frames.some((frame) => Buffer.isBuffer(frame)), 'binary frame');
    await simulator.stop();

    const lines = (await readFile(eventLog, 'utf8')).trim().split('\n');
    const entries = lines.map((line): unknown => JSON.parse(line));
    const out = entries.filter((entry) => Reflect.get(Object(entry), 'direction') === 'out');
    const sent = out.filter((entry) => Reflect.get(Object(entry), 'injected') !== true);
    expect(sent.map((entry): unknown => Reflect.get(Object(entry), 'event'))).toEqual(
      client.events,
    );
    expect(out).toHaveLength(sent.length + 1);
    expect(entries).toContainEqual(
      expect.objectContaining({ type: 'nonsense', direction: 'in', refused: true }),
    );
    await rm(folder, { recursive: true });
  });
});
