import { initializeLogger, llm } from '@livekit/agents';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_OPENING } from '../../../src/lifecycle/realtime/open-connection.js';
import { said, Supervised } from './support/supervised.js';

/** The contract with plugin-openai 1.9.0: each cure, seen from the service's side. */

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

describe('a supervised session', () => {
  it('makes its first connection through the supervisor', async () => {
    await using call = await Supervised.start();
    const session = await call.connected();
    expect(session.guard.supervisor.attempts).toBe(1);
    expect(await call.reply()).toBe(24_000);
  });

  it('refuses to go on when the plugin has a connection of its own', async () => {
    await using call = await Supervised.start();
    call.simulator.faults.add({ fault: 'silent', on: 'every' });
    call.session.emit('openai_server_event_received', { type: 'session.created' });
    expect(call.fatal).toHaveLength(1);
    expect(call.gaveUp[0]?.message).toContain('the plugin has a connection of its own');
  });

  it('has a new connection at once after one drop, and answers in full', async () => {
    await using call = await Supervised.start();
    await call.connected();
    await call.reply();
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.reconnected.length === 1);
    expect(call.reconnecting).toMatchObject([{ attempt: 1, of: 4, delayMs: 0 }]);
    expect(await call.reply()).toBe(24_000);
    expect(call.errors.map(({ recoverable }) => recoverable)).toEqual([true]);
  });

  it.each([1, 4])('lets every later event arrive after %i drops', async (drops) => {
    await using call = await Supervised.start();
    const session = await call.connected();
    for (let drop = 1; drop <= drops; drop += 1) {
      await call.reply();
      call.simulator.faults.add({ fault: 'drop', on: 'current' });
      await call.until(() => call.reconnected.length === drop);
      await session.guard.replies.untilReady();
    }
    for (let n = 0; n < 6; n += 1) {
      await session.updateInstructions(`Instructions ${n}.`);
    }
    await call.until(() => call.updates().length === 6);
    expect(call.open).toBe(1);
  });

  it('keeps the conversation, tool calls included, over two early deaths', async () => {
    await using call = await Supervised.start();
    const session = await call.connected();
    const items = [
      said('u1', 'user', 'My name is Ada.'),
      new llm.FunctionCall({ id: 'f1', callId: 'c1', name: 'note', args: '{}' }),
      new llm.FunctionCallOutput({ id: 'o1', callId: 'c1', output: '"ok"', isError: false }),
      said('a1', 'assistant', 'Hello Ada.'),
    ];
    await session.updateChatCtx(new llm.ChatContext(items));
    call.simulator.faults.add({
      fault: 'overlook-events',
      on: 'next',
      connections: 2,
      types: ['conversation.item.create'],
    });
    call.simulator.faults.add({ fault: 'drop', on: 'next', connections: 2, afterMs: 30 });
    call.simulator.faults.add({ fault: 'drop', on: 'current' });
    await call.until(() => call.attempts === 4 && call.heard('conversation.item.create') === 4);
    await call.until(() => session.chatCtx.items.length === 4);
    expect(session.chatCtx.items.map(({ id }) => id)).toEqual(['u1', 'f1', 'o1', 'a1']);
  });

  it('makes one connection for a wrong key and says so once', async () => {
    await using call = await Supervised.start({}, 'sk-wrong-key-1234');
    call.begin();
    await call.until(() => call.fatal.length > 0);
    expect(call.attempts).toBe(1);
    expect(call.fatal).toHaveLength(1);
    expect(call.gaveUp).toMatchObject([{ category: 'authentication', refused: true }]);
    expect(call.gaveUp[0]?.message).not.toContain('sk-wrong-key');
    await expect(call.session.generateReply()).rejects.toThrow('401');
  });

  it.each([1000, 1001, 1006, 1011, 4000])(
    'gives up after four connections closed at once (%i)',
    async (code) => {
      await using call = await Supervised.start();
      call.simulator.faults.add(
        code === 1006 ? { fault: 'drop', on: 'every' } : { fault: 'close', on: 'every', code },
      );
      const reply = call.session.generateReply().catch((error: unknown) => String(error));
      await call.until(() => call.fatal.length > 0);
      expect(await reply).toContain('4 attempts in a row');
      expect(call.attempts).toBe(4);
      expect(call.fatal).toHaveLength(1);
      expect(call.gaveUp).toMatchObject([{ refused: false }]);
    },
  );

  it.each([1002, 1003, 1007, 1008])('does not try again after close code %i', async (code) => {
    await using call = await Supervised.start();
    await call.connected();
    call.simulator.faults.add({ fault: 'close', on: 'current', code, reason: 'no' });
    await call.until(() => call.gaveUp.length > 0);
    expect(call.attempts).toBe(1);
    expect(call.gaveUp).toMatchObject([{ refused: true }]);
    expect(call.gaveUp[0]?.message).toContain('no');
  });

  it('greets after two bad connects, without being asked again', async () => {
    await using call = await Supervised.start({});
    call.simulator.faults.add({ fault: 'reject-upgrade', status: 500, connections: 2 });
    expect(await call.reply()).toBe(24_000);
    expect(call.attempts).toBe(3);
  });

  it.each([
    [
      'while connecting',
      { fault: 'slow-first-event', on: 'every', delayMs: 4_000 } as const,
      'connecting',
    ],
    [
      'in a pause between attempts',
      { fault: 'reject-upgrade', status: 500, on: 'every' } as const,
      'waiting',
    ],
    ['while open', undefined, 'open'],
  ])('leaves no socket when it is closed %s', async (_when, fault, state) => {
    await using call = await Supervised.start({ opening: DEFAULT_OPENING });
    if (fault) {
      call.simulator.faults.add(fault);
    }
    const { session } = call;
    await call.until(() => session.guard.supervisor.state.name === state);
    await Promise.all([session.close(), session.close()]);
    await call.until(() => call.simulator.connections().every(({ closedAt }) => closedAt !== null));
    expect(call.fatal).toEqual([]);
    expect(session.guard.supervisor.state.name).toBe('closed');
  });
});
