import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RealtimeSimulator } from '../../../dev/realtime-simulator/index.js';
import { text } from './support/matching.js';
import { TestClient } from './support/test-client.js';
import { scenario, startTestSimulator, wordMs } from './support/test-simulator.js';

let simulator: RealtimeSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator({ latencies: { paceFactor: 20 } });
});
afterAll(async () => simulator.stop());

const say = (words: string): object => ({
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: words }] },
});

/** Milliseconds of audio in a client's deltas. */
function spokenMs(client: TestClient): number {
  const bytes = client.events
    .filter((event) => event.type === 'response.output_audio.delta')
    .map((event) => Buffer.from(String(event['delta']), 'base64').length);
  return bytes.reduce((sum, one) => sum + one, 0) / 48;
}

describe('a reply', () => {
  it('comes in the order LiveKit’s plugin needs, with the metadata of its request', async () => {
    const client = await TestClient.open(simulator);
    client.send({ type: 'response.create', response: { metadata: { client_event_id: 'mine' } } });
    const done = await client.next('response.done');
    expect(client.types.filter((type, at, all) => type !== all[at - 1])).toEqual([
      'session.created',
      'response.created',
      'rate_limits.updated',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      'response.output_audio_transcript.delta',
      'response.output_audio.delta',
      'response.output_audio_transcript.delta',
      'response.output_audio.delta',
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ]);
    expect(client.events[1]).toMatchObject({
      response: { status: 'in_progress', metadata: { client_event_id: 'mine' } },
    });
    expect(done).toMatchObject({
      response: {
        status: 'completed',
        metadata: { client_event_id: 'mine' },
        output: [{ content: [{ type: 'output_audio', transcript: scenario.greeting }] }],
        usage: { output_token_details: { audio_tokens: (3 * wordMs) / 50 } },
      },
    });
    expect(spokenMs(client)).toBe(3 * wordMs);
    client.close();
  });

  it('is text where the session asks for text', async () => {
    const client = await TestClient.open(simulator);
    client.send({ type: 'response.create', response: { output_modalities: ['text'] } });
    expect(await client.next('response.output_text.done')).toMatchObject({
      text: scenario.greeting,
    });
    await client.next('response.done');
    expect(client.types).not.toContain('response.output_audio.delta');
    client.close();
  });

  it('leaves nothing in the conversation when it is out of band', async () => {
    const client = await TestClient.open(simulator);
    client.send({ type: 'response.create', response: { conversation: 'none' } });
    expect(await client.next('response.done')).toMatchObject({
      response: { conversation_id: null },
    });
    expect(client.types).not.toContain('conversation.item.added');
    client.close();
  });

  it('calls a tool, waits for the client to ask, and speaks what the tool answered', async () => {
    const client = await TestClient.open(simulator);
    const tools = [{ type: 'function', name: 'get_transcript', parameters: { type: 'object' } }];
    client.send({ type: 'session.update', session: { type: 'realtime', tools } });
    [say('a'), say('b'), say('c'), { type: 'response.create' }].forEach((event) =>
      client.send(event),
    );
    expect(await client.next('response.function_call_arguments.done')).toMatchObject({
      name: 'get_transcript',
      arguments: '{"last":3}',
    });
    const done = await client.next('response.output_item.done');
    const callId = String(Reflect.get(Object(done['item']), 'call_id'));
    expect(callId).toMatch(/^call_/);
    await client.next('response.done');
    client.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: callId, output: '{"utterances":5}' },
    });
    client.send({ type: 'response.create' });
    expect(await client.next('response.output_audio_transcript.done')).toMatchObject({
      transcript: 'I noted 5 things.',
    });
    client.close();
  });

  it('goes on where the conversation was, when a new connection restores it', async () => {
    const client = await TestClient.open(simulator);
    [say('restored'), { type: 'response.create' }].forEach((event) => client.send(event));
    expect(await client.next('response.output_audio_transcript.done')).toMatchObject({
      transcript: 'Tell me more.',
    });
    client.close();
  });

  it('fails, and says why, when its words cannot be spoken', async () => {
    await using mute = await startTestSimulator({
      speak: () => Promise.reject(new Error('no voice')),
    });
    const client = await TestClient.open(mute);
    client.send({ type: 'response.create' });
    expect(await client.next('response.done')).toMatchObject({
      response: {
        status: 'failed',
        status_details: { error: { message: text(/no voice/) } },
        usage: { total_tokens: 0 },
      },
    });
  });
});

describe('a second reply', () => {
  it('is refused while one is under way', async () => {
    const client = await TestClient.open(simulator);
    [say('a'), say('b'), { type: 'response.create' }].forEach((event) => client.send(event));
    client.send({ type: 'response.create', event_id: 'second' });
    expect(await client.next('error')).toMatchObject({
      error: { code: 'conversation_already_has_active_response', event_id: 'second' },
    });
    client.close();
  });
});

describe('response.cancel', () => {
  it('ends the reply, with some late audio and an incomplete item', async () => {
    const client = await TestClient.open(simulator);
    [say('a'), say('b'), { type: 'response.create' }].forEach((event) => client.send(event));
    await client.next('response.output_audio.delta');
    client.send({ type: 'response.cancel' });
    expect(await client.next('response.done')).toMatchObject({
      response: {
        status: 'cancelled',
        status_details: { type: 'cancelled', reason: 'client_cancelled' },
        output: [{ status: 'incomplete' }],
      },
    });
    expect(spokenMs(client)).toBeLessThan(60 * wordMs);
    client.close();
  });

  it('is refused when there is nothing to cancel', async () => {
    const client = await TestClient.open(simulator);
    client.send({ type: 'response.cancel' });
    expect(await client.next('error')).toMatchObject({
      error: {
        code: 'response_cancel_not_active',
        message: 'Cancellation failed: no active response found',
      },
    });
    client.close();
  });
});
