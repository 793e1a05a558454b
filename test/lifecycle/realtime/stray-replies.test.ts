import { initializeLogger, voice } from '@livekit/agents';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSession } from '../../../src/lifecycle/create-session.js';
import { Supervised } from './support/supervised.js';

/** Beginnings and ends of replies that nobody knows. */

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

/** As fast as it is heard, so that there is a middle to a reply. */
const unhurried = {
  latencies: { handshakeMs: 0, firstAudioMs: 0, jitterMs: 0, paceFactor: 1, lateDeltas: 0 },
};
const send = (call: Supervised, event: object): void =>
  void call.simulator.faults.add({
    fault: 'malformed-frame',
    on: 'current',
    text: JSON.stringify(event),
  });
const isSpeaking = (call: Supervised) => () =>
  call.simulator.events({ types: ['response.output_audio.delta'] }).length > 2;

/** A reply that the test plays the service for. */
async function asked(call: Supervised) {
  call.simulator.faults.add({ fault: 'response-never-starts', on: 'current', replies: 1 });
  const before = call.heard('response.create');
  const reply = call.reply();
  await call.until(() => call.heard('response.create') > before);
  const ask = call.simulator.events({ types: ['response.create'] }).at(-1)?.event ?? {};
  const id: unknown = Reflect.get(ask, 'event_id');
  return { reply, metadata: { client_event_id: id } };
}

function answer(call: Supervised, response: { id: string }, item: string): void {
  const named = { response_id: response.id, item_id: item };
  const delta = Buffer.alloc(4_800, 1).toString('base64');
  send(call, { type: 'response.created', event_id: `${item}1`, response });
  send(call, {
    ...{ type: 'response.output_item.added', event_id: `${item}2`, ...named },
    item: { id: item, type: 'message', role: 'assistant', content: [] },
  });
  send(call, { type: 'response.output_audio.delta', event_id: `${item}3`, ...named, delta });
  send(call, {
    ...{ type: 'response.done', event_id: `${item}4` },
    response: { ...response, status: 'completed' },
  });
}

describe('a supervised session', () => {
  it('goes on with the next reply when another begins in the middle of one', async () => {
    await using call = await Supervised.start(undefined, 'sk-test', unhurried);
    const options = { model: {}, maxModelSessionMs: 60_000, session: {} };
    const session = createSession(options, call.model, undefined);
    call.begin();
    await session.start({ agent: new voice.Agent({ instructions: 'Be brief.' }), record: false });
    await call.connected();
    const first = session.generateReply({ instructions: 'Greet.' });
    await call.until(isSpeaking(call));
    send(call, { type: 'response.created', event_id: 'e1', response: { id: 'resp_stray' } });
    await first.waitForPlayout();
    const next = session.generateReply({ instructions: 'Go on.' });
    await next.waitForPlayout();
    expect(next.chatItems).toHaveLength(1);
    await session.close();
  }, 20_000);

  it('hears all of a reply when another one ends that nobody knows', async () => {
    await using call = await Supervised.start(undefined, 'sk-test', unhurried);
    await call.connected();
    const reply = call.reply();
    await call.until(isSpeaking(call));
    const response = { id: 'nobody', status: 'completed' };
    send(call, { type: 'response.done', event_id: 'e1', response });
    expect(await reply).toBe(24_000);
  });

  it('hears a reply that is said to end before it begins', async () => {
    await using call = await Supervised.start();
    await call.connected();
    const { reply, metadata } = await asked(call);
    const response = { id: 'r1', status: 'completed', metadata };
    send(call, { type: 'response.done', event_id: 'e0', response });
    answer(call, response, 'i1');
    expect(await reply).toBe(2_400);
    expect(call.attempts).toBe(1);
  });

  it('hears each reply of a service that gives all of them one id', async () => {
    await using call = await Supervised.start();
    await call.connected();
    for (const item of ['i1', 'i2', 'i3']) {
      const { reply, metadata } = await asked(call);
      answer(call, { id: 'same', ...{ metadata } }, item);
      expect(await reply).toBe(2_400);
    }
    expect(call.attempts).toBe(1);
  });

  it('survives a piece of audio with half a sample and a bottomless rest', async () => {
    await using call = await Supervised.start();
    await call.connected();
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const piece = '"type":"response.output_audio.delta","item_id":"i","delta":"AAAA"';
    const text = `{${piece},"x":${deep}}`;
    call.simulator.faults.add({ fault: 'malformed-frame', on: 'current', text });
    expect(await call.reply()).toBe(24_000);
  });
});
