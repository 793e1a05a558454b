import { initializeLogger, llm } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { impatient, said, Supervised } from './support/supervised.js';

/** A connection that works and is renewed in good time. */

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const soon = { fromMs: 100, byMs: 60_000, quietMs: 50, lookMs: 10 };
const atOnce = { fromMs: 1_500, byMs: 1_500, quietMs: 50, lookMs: 10 };
const patient = { ...impatient.socket!, replies: { startMs: 10_000, idleMs: 10_000 } };

/** For what may not fail by being slow. */
const calm = {
  ...impatient,
  opening: { handshakeMs: 5_000, firstEventMs: 5_000, maxFrameBytes: 1_000_000 },
  socket: { ...patient, heartbeat: { pingMs: 10_000, pongMs: 10_000 } },
};

const startWith = (renewal: typeof soon) => Supervised.start({ ...impatient, renewal });

const loud = new AudioFrame(new Int16Array(2_400).fill(5_000), 24_000, 1, 2_400);

function silence(ms: number): AudioFrame {
  return new AudioFrame(new Int16Array(24 * ms), 24_000, 1, 24 * ms);
}

describe('a planned renewal', () => {
  it('comes in a quiet moment, keeps the conversation, and is no failure', async () => {
    await using call = await startWith(soon);
    const session = await call.connected();
    const items = [said('u1', 'user', 'My name is Ada.'), said('a1', 'assistant', 'Hello Ada.')];
    await session.updateChatCtx(new llm.ChatContext(items));
    expect(await call.reply()).toBe(24_000);
    expect(call.attempts).toBe(1);
    call.quietForMs = 1_000;
    await call.until(() => call.renewed.length === 1);
    call.quietForMs = 0;
    await call.until(() => !session.guard.reconnecting);
    expect(session.chatCtx.items.map(({ id }) => id)).toEqual(expect.arrayContaining(['u1', 'a1']));
    expect(await call.reply()).toBe(24_000);
    expect(call.renewed).toMatchObject([{ isQuiet: true }]);
    expect([...call.reconnecting, ...call.reconnected, ...call.errors]).toEqual([]);
    expect(call.simulator.connections()[0]).toMatchObject({ closedBy: 'client', closeCode: 1000 });
    expect(call.simulator.peakOpen()).toBe(1);
  });

  it('waits for a reply that is owed, however quiet it is', async () => {
    await using call = await startWith(soon);
    const session = await call.connected();
    call.simulator.faults.add({ fault: 'response-never-starts', on: 'current', replies: 1 });
    call.quietForMs = 60_000;
    const reply = call.reply();
    // Were it not waiting, it would be renewed long before the watchdog cuts the connection.
    await call.until(() => call.attempts === 2);
    expect(call.renewed).toEqual([]);
    expect(call.reconnecting).toMatchObject([{ cause: { category: 'stall' } }]);
    expect(await reply).toBe(24_000);
    await session.close();
  });

  it('comes in the middle of anything when the time is up, and the reply is asked for again', async () => {
    await using call = await Supervised.start({ ...impatient, renewal: atOnce, socket: patient });
    await call.connected();
    call.simulator.faults.add({ fault: 'response-never-starts', on: 'current' });
    expect(await call.reply()).toBe(24_000);
    expect(call.renewed[0]).toMatchObject({ isQuiet: false });
    expect(call.errors).toEqual([]);
  });

  it('loses nothing of what the caller says meanwhile', async () => {
    await using call = await Supervised.start({ ...calm, renewal: soon });
    const session = await call.connected();
    call.simulator.faults.add({ fault: 'slow-handshake', delayMs: 100 });
    call.quietForMs = 1_000;
    await call.until(() => session.guard.supervisor.state.name !== 'open');
    call.quietForMs = 0;
    for (let n = 0; n < 5; n += 1) {
      session.pushAudio(silence(100));
    }
    await call.until(() => call.renewed.length === 1);
    session.pushAudio(silence(100));
    await call.until(() => call.simulator.connections().at(-1)?.audio.heardMs === 600);
  });

  it('becomes an outage when the service does not open again, and audio of that is not played late', async () => {
    await using call = await startWith(soon);
    const session = await call.connected();
    call.simulator.faults.add({ fault: 'reject-upgrade', status: 503 });
    call.quietForMs = 1_000;
    await call.until(() => session.guard.supervisor.state.name !== 'open');
    call.quietForMs = 0;
    session.pushAudio(silence(500));
    await call.until(() => call.reconnected.length === 1);
    session.pushAudio(silence(100));
    await call.until(() => (call.simulator.connections().at(-1)?.audio.heardMs ?? 0) > 0);
    expect(call.simulator.connections().at(-1)?.audio.heardMs).toBe(100);
    expect(call.renewed).toEqual([]);
    expect(call.reconnecting).toMatchObject([{ attempt: 2, cause: { category: 'server' } }]);
  });

  it('is tried once with a service that answers and does not hear the caller', async () => {
    await using call = await Supervised.start();
    const session = await call.connected();
    const types = ['input_audio_buffer.append'];
    call.simulator.faults.add({ fault: 'overlook-events', on: 'current', types });
    call.quietForMs = 60_000;
    const speak = setInterval(() => session.pushAudio(loud), 20);
    try {
      await call.until(() => call.renewed.length === 1, 10_000);
      await call.until(() => call.heard('input_audio_buffer.append') > 0);
    } finally {
      clearInterval(speak);
    }
    expect(call.attempts).toBe(2);
    expect([...call.reconnecting, ...call.errors]).toEqual([]);
  });

  it('leaves no timer and no connection when the session is closed', async () => {
    await using call = await startWith(soon);
    const session = await call.connected();
    await session.close();
    await call.until(() => call.open === 0);
    expect(call.attempts).toBe(1);
  });
});

describe('a conversation that was restored', () => {
  it('is told once more to a service that has not taken it', async () => {
    await using call = await Supervised.start();
    const session = await call.connected();
    await session.updateChatCtx(new llm.ChatContext([said('u1', 'user', 'My name is Ada.')]));
    call.simulator.faults.add({
      fault: 'overlook-events',
      on: 'next',
      types: ['conversation.item.create'],
      events: 1,
    });
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.reconnected.length === 1 && !session.guard.reconnecting);
    expect(call.heard('conversation.item.create')).toBe(2);
    expect(call.attempts).toBe(2);
    expect(session.chatCtx.items.map(({ id }) => id)).toEqual(['u1']);
  });

  it('is whole for whoever asks in the middle of a reconnect, and nothing of it is deleted', async () => {
    await using call = await Supervised.start();
    const session = await call.connected();
    const items = [said('u1', 'user', 'My name is Ada.'), said('a1', 'assistant', 'Hello Ada.')];
    await session.updateChatCtx(new llm.ChatContext(items));
    call.simulator.faults.add({
      fault: 'overlook-events',
      on: 'next',
      types: ['conversation.item.create'],
      events: 2,
    });
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.attempts === 2 && call.heard('conversation.item.create') === 2);
    const seen = session.chatCtx.copy();
    expect(seen.items.map(({ id }) => id)).toEqual(['u1', 'a1']);
    await session.updateChatCtx(new llm.ChatContext([...seen.items, said('u2', 'user', 'Bye.')]));
    expect(session.chatCtx.items.map(({ id }) => id)).toEqual(['u1', 'a1', 'u2']);
    expect(call.heard('conversation.item.delete')).toBe(0);
  });

  it('is reported when the service does not take it the second time either', async () => {
    await using call = await Supervised.start();
    const session = await call.connected();
    await session.updateChatCtx(new llm.ChatContext([said('u1', 'user', 'My name is Ada.')]));
    call.simulator.faults.add({
      fault: 'overlook-events',
      on: 'next',
      types: ['conversation.item.create'],
    });
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.errors.length === 2, 10_000);
    expect(call.errors[1]).toMatchObject({ recoverable: true });
    expect(call.errors[1]?.error.message).toContain('did not take back 1 items');
    expect(await call.reply()).toBe(24_000);
  });
});
