import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assertEventLogValid } from '../../../../dev/realtime-simulator/schema/index.js';
import { startLoggedSimulator, type LoggedSimulator } from './support/logged-simulator.js';
import { OfficialClient } from './support/openai-client.js';
import { SKILLS, STOP, STORY, WEATHER } from './support/scenario.js';

/** Half a second of PCM16 at 24 kHz. */
const HALF_A_SECOND = 24_000;

let logged: LoggedSimulator;
let client: OfficialClient;

beforeAll(async () => {
  logged = await startLoggedSimulator();
  client = await OfficialClient.connect(logged.simulator);
});
afterAll(async () => {
  client.close();
  await logged.stop();
});

/** What was said until the response was done: bytes of sound, and the words. */
async function wholeReply(): Promise<{ audioBytes: number; transcript: string; status: string }> {
  const { response } = await client.received.next('response.done');
  const mine = client.received.all.filter(
    (event) => 'response_id' in event && event.response_id === response.id,
  );
  const audioBytes = mine.reduce((bytes, event) => {
    const isAudio = event.type === 'response.output_audio.delta';
    return bytes + (isAudio ? Buffer.from(event.delta, 'base64').length : 0);
  }, 0);
  const words = mine.map((event) =>
    event.type === 'response.output_audio_transcript.delta' ? event.delta : '',
  );
  return { audioBytes, transcript: words.join(''), status: response.status ?? 'missing' };
}

describe('with the openai client, in one conversation', () => {
  test('the session takes its settings', async () => {
    client.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        instructions: 'Be brief.',
        audio: { input: { transcription: { model: 'gpt-4o-mini-transcribe' } } },
        tools: [
          {
            type: 'function',
            name: 'get_weather',
            description: 'The weather in a city.',
            parameters: { type: 'object', properties: { city: { type: 'string' } } },
          },
        ],
      },
    });
    const { session } = await client.received.next('session.updated');
    expect(session).toMatchObject({ type: 'realtime', instructions: 'Be brief.' });
  });

  test('a spoken turn is heard, and answered in speech', async () => {
    await client.say(SKILLS.hears);
    await client.received.next('input_audio_buffer.speech_started');
    await client.received.next('input_audio_buffer.speech_stopped');
    const reply = await wholeReply();
    expect(reply).toMatchObject({ status: 'completed', transcript: SKILLS.says });
    expect(reply.audioBytes).toBeGreaterThan(HALF_A_SECOND);
    const heard = client.received.all.find(
      (event) => event.type === 'conversation.item.input_audio_transcription.completed',
    );
    expect(heard).toMatchObject({ transcript: SKILLS.hears });
  });

  test('a tool is called, and its result is spoken', async () => {
    await client.say(WEATHER.hears);
    const call = await client.received.next('response.function_call_arguments.done');
    expect(JSON.parse(call.arguments)).toEqual({ city: 'Paris' });
    expect(await wholeReply()).toMatchObject({ status: 'completed', audioBytes: 0 });
    client.send({
      type: 'conversation.item.create',
      item: {
        type: 'function_call_output',
        call_id: call.call_id,
        output: JSON.stringify({ sky: 'sunny' }),
      },
    });
    client.send({ type: 'response.create' });
    expect(await wholeReply()).toMatchObject({
      status: 'completed',
      transcript: 'It is sunny in Paris.',
    });
  });

  test('speech over a reply cancels it, and truncating it removes what was not heard', async () => {
    await client.say(STORY.hears);
    const { item_id } = await client.received.next('response.output_audio.delta');
    await client.say(STOP.hears);
    await client.received.next('input_audio_buffer.speech_started');
    client.send({
      type: 'conversation.item.truncate',
      item_id,
      content_index: 0,
      audio_end_ms: 150,
    });
    const { response } = await client.received.next('response.done');
    expect(response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'turn_detected' },
    });
    expect(await wholeReply()).toMatchObject({ status: 'completed', transcript: STOP.says });
    expect(client.received.count('conversation.item.truncated')).toBe(1);
    client.send({ type: 'conversation.item.retrieve', item_id });
    const { item } = await client.received.next('conversation.item.retrieved');
    expect(item).toMatchObject({ id: item_id, role: 'assistant', status: 'incomplete' });
    expect(JSON.stringify(item)).not.toContain('boat');
  });

  test('no error was reported, and every event of it is the protocol', async () => {
    expect(client.received.all.filter((event) => event.type === 'error')).toEqual([]);
    const { events, skipped } = await assertEventLogValid(logged.eventLog);
    expect(events).toBeGreaterThan(100);
    expect(skipped).toEqual({ injected: 0, refused: 0 });
  });
});
