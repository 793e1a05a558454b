import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RealtimeSimulator } from '../../../dev/realtime-simulator/index.js';
import { text } from './support/matching.js';
import { TestClient } from './support/test-client.js';
import { startTestSimulator } from './support/test-simulator.js';

let simulator: RealtimeSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterAll(async () => simulator.stop());

const update = (session: object): object => ({
  type: 'session.update',
  event_id: 'mine',
  session: { type: 'realtime', ...session },
});

describe('a session', () => {
  it('begins with the service’s defaults and the model of the URL', async () => {
    const client = await TestClient.open(simulator);
    expect(client.events[0]).toMatchObject({
      type: 'session.created',
      event_id: text(/^event_/),
      session: {
        type: 'realtime',
        model: 'gpt-realtime',
        output_modalities: ['audio'],
        audio: {
          input: { turn_detection: { type: 'server_vad', threshold: 0.5, prefix_padding_ms: 300 } },
          output: { voice: 'marin' },
        },
      },
    });
    client.close();
  });

  it('changes only what an update names', async () => {
    const client = await TestClient.open(simulator);
    client.send(update({ instructions: 'Be kind.', model: 'another' }));
    client.send(update({ audio: { input: { transcription: { model: 'whisper-1' } } } }));
    await client.next('session.updated');
    expect(await client.next('session.updated')).toMatchObject({
      session: {
        model: 'gpt-realtime',
        instructions: 'Be kind.',
        audio: {
          input: {
            transcription: { model: 'whisper-1' },
            turn_detection: { type: 'server_vad', silence_duration_ms: 500 },
          },
          output: { voice: 'marin' },
        },
      },
    });
    client.close();
  });

  it('clears turn detection and transcription with null', async () => {
    const client = await TestClient.open(simulator);
    client.send(update({ audio: { input: { transcription: { language: 'en' } } } }));
    client.send(update({ audio: { input: { transcription: null, turn_detection: null } } }));
    await client.next('session.updated');
    expect(await client.next('session.updated')).toMatchObject({
      session: { audio: { input: { transcription: null, turn_detection: null } } },
    });
    client.close();
  });

  it('is a transcription session with intent=transcription, which does not answer', async () => {
    const client = await TestClient.open(simulator, { path: '/v1/realtime?intent=transcription' });
    expect(client.events[0]).toMatchObject({ session: { type: 'transcription' } });
    client.send({ type: 'response.create' });
    expect(await client.next('error')).toMatchObject({ error: { type: 'invalid_request_error' } });
    const input = { transcription: { model: 'whisper-1' }, turn_detection: null };
    client.send({ type: 'session.update', session: { type: 'transcription', audio: { input } } });
    expect(await client.next('session.updated')).toMatchObject({ session: { audio: { input } } });
    client.send(update({}));
    expect(await client.next('error')).toMatchObject({ error: { param: 'session.type' } });
    client.close();
  });

  it('keeps its voice once it has spoken', async () => {
    const client = await TestClient.open(simulator);
    client.send(update({ audio: { output: { voice: 'cedar' } } }));
    client.send({ type: 'response.create' });
    await client.next('response.done');
    client.send(update({ audio: { output: { voice: 'marin' } } }));
    expect(await client.next('error')).toMatchObject({ error: { code: 'cannot_update_voice' } });
    client.close();
  });
});

describe('an event that is wrong', () => {
  const wrong: readonly (readonly [string, object, object])[] = [
    [
      'an unknown parameter',
      update({ temperature: 0.8 }),
      { code: 'unknown_parameter', param: 'session.temperature' },
    ],
    [
      'a missing parameter',
      { type: 'session.update', event_id: 'mine', session: {} },
      { code: 'missing_required_parameter', param: 'session.type' },
    ],
    [
      'a wrong type',
      update({ instructions: 7 }),
      { code: 'invalid_type', param: 'session.instructions' },
    ],
    [
      'a value out of range',
      update({ audio: { input: { turn_detection: { type: 'server_vad', threshold: 2 } } } }),
      { code: 'integer_above_max_value', param: 'session.audio.input.turn_detection.threshold' },
    ],
    [
      'an audio format the simulator does not speak',
      update({ audio: { output: { format: { type: 'audio/pcmu' } } } }),
      { code: 'invalid_value', param: 'session.audio.output.format.type' },
    ],
    [
      'an unknown event type',
      { type: 'session.destroy', event_id: 'mine' },
      { code: 'invalid_value', param: 'type' },
    ],
    [
      'an event without a type',
      { event_id: 'mine' },
      { code: 'missing_required_parameter', param: 'type' },
    ],
    [
      'a part of an item that cannot be',
      {
        type: 'conversation.item.create',
        event_id: 'mine',
        item: { type: 'message', role: 'user', content: [{ type: 'output_text', text: 'no' }] },
      },
      { code: 'invalid_value', param: 'item.content[0].type' },
    ],
  ];

  it.each(wrong)('is refused for %s, naming the client’s event', async (_name, event, error) => {
    const client = await TestClient.open(simulator);
    client.send(event);
    expect(await client.next('error')).toMatchObject({
      error: { type: 'invalid_request_error', event_id: 'mine', ...error },
    });
    client.close();
  });

  it.each(['{', 'null', '[]', '"text"', '{"type":7}'])(
    'leaves the session working, even %s',
    async (frame) => {
      const client = await TestClient.open(simulator);
      client.socket.send(frame);
      await client.next('error');
      await client.settled();
      client.close();
    },
  );
});
