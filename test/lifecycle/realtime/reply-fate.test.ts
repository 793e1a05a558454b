import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, expect, it } from 'vitest';
import { Supervised } from './support/supervised.js';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

describe('what a call is told of its replies', () => {
  it('is that one was asked for, and is done', async () => {
    await using call = await Supervised.start();
    await call.connected();
    await call.reply();
    await call.until(() => call.replies.length === 2);
    expect(call.replies).toEqual(['asked', 'done']);
  });

  it('is that one failed: nobody asks for it again', async () => {
    await using call = await Supervised.start();
    await call.connected();
    call.simulator.faults.add({ fault: 'response-failed', on: 'current', replies: 1 });
    await call.reply();
    await call.until(() => call.replies.length === 3);
    expect(call.replies).toEqual(['asked', 'done', 'failed: server']);
  });

  it('is that one was cut off with its connection, once there is another', async () => {
    await using call = await Supervised.start();
    await call.connected();
    call.simulator.faults.add({
      fault: 'drop-in-response',
      on: 'current',
      afterAudioMs: 100,
      replies: 1,
    });
    await call.reply();
    await call.until(() => call.replies.length === 2);
    expect(call.replies).toEqual(['asked', 'lost: connectivity']);
  });

  it('is nothing of one that had not begun: it is asked for again by itself', async () => {
    await using call = await Supervised.start();
    await call.connected();
    call.simulator.faults.add({ fault: 'response-never-starts', on: 'current', replies: 1 });
    const reply = call.reply();
    await call.until(() => call.replies.length === 1);
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    expect(await reply).toBe(24_000);
    await call.until(() => call.replies.at(-1) === 'done');
    expect(call.replies).toEqual(['asked', 'asked', 'done']);
  });

  it('is nothing when the connection is lost in silence', async () => {
    await using call = await Supervised.start();
    const session = await call.connected();
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.reconnected.length === 1);
    await session.guard.replies.untilReady();
    expect(call.replies).toEqual([]);
  });

  it('is that one which came to a halt was lost', async () => {
    await using call = await Supervised.start();
    await call.connected();
    call.simulator.faults.add({
      fault: 'response-stalls',
      on: 'current',
      afterAudioMs: 100,
      replies: 1,
    });
    await call.reply();
    await call.until(() => call.replies.length === 2);
    expect(call.replies).toEqual(['asked', 'lost: stall']);
  });
});
