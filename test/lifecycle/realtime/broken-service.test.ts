import { inspect } from 'node:util';
import { initializeLogger, llm } from '@livekit/agents';
import { beforeAll, describe, expect, it } from 'vitest';
import { AudioFrame } from '@livekit/rtc-node';
import { said, Supervised } from './support/supervised.js';

/** A service whose connection is open, and which does not do as it should. */

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

/** A tenth of a second that is loud enough for a voice. */
function tone(): AudioFrame {
  return new AudioFrame(new Int16Array(2_400).fill(8_000), 24_000, 1, 2_400);
}

describe('a supervised session', () => {
  it('survives frames that are no events', async () => {
    await using call = await Supervised.start();
    await call.connected();
    for (const text of ['{"type":"resp', 'null', '[]', '42', '{}', '{"type":7}']) {
      call.simulator.faults.add({ fault: 'malformed-frame', on: 'current', text });
    }
    call.simulator.faults.add({ fault: 'binary-frame', on: 'current' });
    expect(await call.reply()).toBe(24_000);
    expect(call.errors).toEqual([]);
    expect(call.attempts).toBe(1);
  });

  it('cuts a connection that sends too large a frame, and goes on with another', async () => {
    await using call = await Supervised.start();
    await call.connected();
    await call.reply();
    call.simulator.faults.add({ fault: 'oversized-frame', on: 'current', bytes: 2_000_000 });
    await call.until(() => call.reconnected.length === 1);
    expect(call.reconnecting[0]?.cause.category).toBe('protocol');
    expect(await call.reply()).toBe(24_000);
  });

  it('notices a service that opens and says nothing', async () => {
    await using call = await Supervised.start();
    call.simulator.faults.add({ fault: 'silent', on: 'next' });
    await call.connected();
    expect(call.reconnecting[0]?.cause).toMatchObject({ category: 'idle' });
    expect(call.attempts).toBe(2);
  });

  it('notices a peer that has gone without a word', async () => {
    await using call = await Supervised.start();
    await call.connected();
    await call.reply();
    call.simulator.faults.add({ fault: 'half-open', on: 'current' });
    await call.until(() => call.reconnected.length === 1);
    expect(call.reconnecting[0]?.cause).toMatchObject({ category: 'idle' });
    expect(await call.reply()).toBe(24_000);
  });

  it('notices a service that answers pings, and does not hear the caller', async () => {
    await using call = await Supervised.start();
    const session = await call.connected();
    await call.reply();
    call.simulator.faults.add({ fault: 'silent', on: 'current' });
    for (let frames = 0; frames < 10; frames += 1) {
      session.pushAudio(tone());
    }
    await call.until(() => call.reconnected.length === 1);
    expect(call.reconnecting[0]?.cause).toMatchObject({ category: 'idle', wordsLost: true });
    await call.until(() => call.replies.includes('lost: idle'));
    expect(await call.reply()).toBe(24_000);
  });

  it.each(['response-stalls', 'response-never-starts'] as const)(
    'settles a reply of a service with %s',
    async (fault) => {
      await using call = await Supervised.start();
      await call.connected();
      await call.reply();
      call.simulator.faults.add({ fault, on: 'current', replies: 1 });
      await call.reply().catch(() => undefined);
      await call.until(() => call.reconnected.length === 1);
      expect(call.reconnecting[0]?.cause).toMatchObject({ category: 'stall' });
      expect(await call.reply()).toBe(24_000);
    },
  );

  it('asks again for a reply whose connection is lost before it begins', async () => {
    await using call = await Supervised.start();
    await call.connected();
    await call.reply();
    call.simulator.faults.add({ fault: 'response-never-starts', on: 'current' });
    const reply = call.reply();
    await call.until(() => call.heard('response.create') === 2);
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    expect(await reply).toBe(24_000);
    expect(call.attempts).toBe(2);
  });

  it('ends a reply at once when its connection is lost in the middle', async () => {
    await using call = await Supervised.start();
    await call.connected();
    call.simulator.faults.add({ fault: 'drop-in-response', on: 'current', afterAudioMs: 400 });
    expect(await call.reply()).toBeLessThan(24_000);
    expect(await call.reply()).toBe(24_000);
  });

  it('hears every reply beside a storm of errors that answer nothing', async () => {
    await using call = await Supervised.start();
    await call.connected();
    call.simulator.faults.add({ fault: 'error-event', on: 'current', times: 1_000, everyMs: 2 });
    for (let n = 0; n < 3; n += 1) {
      expect(await call.reply()).toBe(24_000);
    }
    expect(call.errors).toHaveLength(1);
    expect(call.attempts).toBe(1);
  });

  it('gives up on a service that fails four replies in a row', async () => {
    await using call = await Supervised.start();
    await call.connected();
    call.simulator.faults.add({
      fault: 'refuse-response',
      on: 'every',
      code: 'rate_limit_exceeded',
    });
    for (let n = 0; n < 4; n += 1) {
      await expect(call.reply()).rejects.toThrow();
    }
    expect(call.gaveUp).toMatchObject([{ category: 'rate-limit', refused: false }]);
    expect(call.fatal).toHaveLength(1);
  });

  it('ends at once when the quota is spent', async () => {
    await using call = await Supervised.start();
    await call.connected();
    call.simulator.faults.add({
      fault: 'response-failed',
      on: 'every',
      code: 'insufficient_quota',
    });
    await call.reply().catch(() => undefined);
    await call.until(() => call.gaveUp.length > 0);
    expect(call.gaveUp).toMatchObject([{ category: 'quota', refused: true }]);
    expect(call.attempts).toBe(1);
  });

  it('tells nobody a key that the service quotes', async () => {
    await using call = await Supervised.start();
    await call.connected();
    const message = 'Incorrect API key provided: sk-proj-abcdef123456.';
    call.simulator.faults.add({ fault: 'error-event', on: 'current', message });
    call.simulator.faults.add({ fault: 'response-failed', on: 'current', message });
    await call.reply().catch(() => undefined);
    await call.until(() => call.errors.length === 2);
    for (const { error } of call.errors) {
      expect(`${error.message} ${JSON.stringify(error)} ${inspect(error)}`).not.toContain('abcdef');
    }
  });

  it('does not repeat more than a few sentences of what the service says', async () => {
    await using call = await Supervised.start();
    const message = 'No. '.repeat(3_000);
    call.simulator.faults.add({ fault: 'reject-upgrade', on: 'every', status: 403, message });
    call.begin();
    await call.until(() => call.gaveUp.length === 1);
    expect(call.gaveUp[0]?.message.length).toBeLessThan(600);
  });

  it('hears audio that is cut in the middle of samples', async () => {
    await using call = await Supervised.start();
    await call.connected();
    call.simulator.faults.add({ fault: 'odd-audio', on: 'current' });
    expect(await call.reply()).toBeGreaterThanOrEqual(23_999);
  });

  it.each([
    ['after an item that nobody knows', 'nobody'],
    ['after no item at all', {}],
  ])('keeps the conversation, in its order, when items are put %s', async (_where, value) => {
    await using call = await Supervised.start();
    const session = await call.connected();
    const types = ['conversation.item.added'];
    const field = 'previous_item_id';
    call.simulator.faults.add({ fault: 'wrong-field', on: 'every', types, field, value });
    const items = ['u1', 'u2', 'u3'].map((id) => said(id, 'user', id));
    await session.updateChatCtx(new llm.ChatContext(items));
    expect(session.chatCtx.items.map(({ id }) => id)).toEqual(['u1', 'u2', 'u3']);
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.reconnected.length === 1 && !session.guard.reconnecting);
    expect(session.chatCtx.items.map(({ id }) => id)).toEqual(['u1', 'u2', 'u3']);
  });
});
