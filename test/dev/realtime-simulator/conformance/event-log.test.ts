import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assertEventLogValid } from '../../../../dev/realtime-simulator/schema/index.js';

const cleared = { type: 'input_audio_buffer.cleared', event_id: 'event_1' };
const wrong = { type: 'input_audio_buffer.cleared', id: 'event_1' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'event-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function logOf(...records: readonly unknown[]): Promise<string> {
  const file = path.join(folder, 'events.jsonl');
  await writeFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return file;
}

describe('an event log', () => {
  test('of valid events passes, and says what it held', async () => {
    const file = await logOf(
      { direction: 'in', event: { type: 'input_audio_buffer.clear' } },
      { direction: 'out', event: cleared },
    );
    expect(await assertEventLogValid(file)).toEqual({
      events: 2,
      skipped: { injected: 0, refused: 0 },
      types: ['in input_audio_buffer.clear', 'out input_audio_buffer.cleared'],
    });
  });

  test('with wrong events fails with each problem once, where it was seen first, and how often', async () => {
    const file = await logOf(
      { direction: 'out', event: cleared },
      { direction: 'out', event: wrong },
      { direction: 'out', event: wrong },
      { direction: 'in', event: cleared },
    );
    const error: unknown = await assertEventLogValid(file).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('3 problems in 4 events');
    expect(String(error)).toContain(
      "from the simulator: input_audio_buffer.cleared: the event must have required property 'event_id' (line 2, 2 times)",
    );
    expect(String(error)).toContain('has the key "id"');
    expect(String(error)).toContain(
      'from the client: input_audio_buffer.cleared: the event has the',
    );
  });

  test('leaves out what a fault injected and what was refused, and counts it', async () => {
    const file = await logOf(
      { direction: 'out', event: cleared },
      { direction: 'out', event: wrong, injected: true },
      { direction: 'in', event: 'not even an object', refused: true },
    );
    expect(await assertEventLogValid(file)).toMatchObject({
      events: 1,
      skipped: { injected: 1, refused: 1 },
    });
  });

  test('without events proves nothing, and fails', async () => {
    await expect(assertEventLogValid(await logOf())).rejects.toThrow(/nothing was proved/);
  });

  test('of something else fails at its line', async () => {
    const file = await logOf({ direction: 'out', event: cleared }, { event: cleared });
    await expect(assertEventLogValid(file)).rejects.toThrow(/events\.jsonl:2 is not a record/);
  });
});
