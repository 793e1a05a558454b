import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RealtimeSimulator } from '../../../dev/realtime-simulator/index.js';
import { silence, tone } from './support/sounds.js';
import { TestClient } from './support/test-client.js';
import { startTestSimulator } from './support/test-simulator.js';

let simulator: RealtimeSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator({ latencies: { paceFactor: 20, lateDeltas: 2 } });
});
afterAll(async () => simulator.stop());

async function open(turnDetection: object | null = { type: 'server_vad' }): Promise<TestClient> {
  const client = await TestClient.open(simulator);
  const input = {
    turn_detection: turnDetection,
    transcription: { model: 'whisper-1', language: 'en' },
  };
  client.send({ type: 'session.update', session: { type: 'realtime', audio: { input } } });
  await client.next('session.updated');
  return client;
}

function utter(client: TestClient): void {
  client.speak(tone(500));
  client.speak(silence(700));
}

describe('a spoken turn', () => {
  it('is found, committed, transcribed and answered', async () => {
    const client = await open();
    utter(client);
    expect(await client.next('input_audio_buffer.speech_started')).toMatchObject({
      audio_start_ms: 0,
    });
    const stopped = await client.next('input_audio_buffer.speech_stopped');
    expect(stopped).toMatchObject({ audio_end_ms: 1000 });
    const item_id = stopped['item_id'];
    expect(await client.next('input_audio_buffer.committed')).toMatchObject({
      item_id,
      previous_item_id: null,
    });
    expect(await client.next('conversation.item.added')).toMatchObject({
      item: { id: item_id, role: 'user' },
    });
    expect(
      await client.next('conversation.item.input_audio_transcription.completed'),
    ).toMatchObject({ item_id, transcript: 'I am Sam.', usage: { type: 'duration', seconds: 1 } });
    expect(await client.next('response.output_audio_transcript.done')).toMatchObject({
      transcript: 'Tell me more.',
    });
    client.close();
  });

  it('is not transcribed where the session did not ask for it', async () => {
    const client = await TestClient.open(simulator);
    utter(client);
    await client.next('response.done');
    expect(client.types.filter((type) => type.includes('transcription'))).toEqual([]);
    client.close();
  });

  it('is not answered with create_response false', async () => {
    const client = await open({ type: 'server_vad', create_response: false });
    utter(client);
    await client.next('conversation.item.input_audio_transcription.completed');
    await client.settled();
    expect(client.types).not.toContain('response.created');
    client.close();
  });

  it('ends after the silence the session asks for', async () => {
    const client = await open({ type: 'server_vad', silence_duration_ms: 200 });
    utter(client);
    expect(await client.next('input_audio_buffer.speech_stopped')).toMatchObject({
      audio_end_ms: 700,
    });
    client.close();
  });

  it('is found by semantic_vad too', async () => {
    const client = await open({ type: 'semantic_vad', eagerness: 'high' });
    utter(client);
    await client.next('response.done');
    client.close();
  });
});

describe('without turn detection', () => {
  it('nothing is detected, and the client commits', async () => {
    const client = await open(null);
    utter(client);
    client.send({ type: 'input_audio_buffer.commit' });
    await client.next('conversation.item.input_audio_transcription.completed');
    await client.settled();
    expect(client.types).not.toContain('input_audio_buffer.speech_started');
    expect(client.types).not.toContain('response.created');
    client.close();
  });

  it.each([0, 60])('a commit of %i ms is refused', async (ms) => {
    const client = await open(null);
    client.speak(tone(ms));
    client.send({ type: 'input_audio_buffer.commit' });
    expect(await client.next('error')).toMatchObject({
      error: { code: 'input_audio_buffer_commit_empty' },
    });
    client.close();
  });

  it('a cleared buffer is empty', async () => {
    const client = await open(null);
    client.speak(tone(500));
    client.send({ type: 'input_audio_buffer.clear' });
    await client.next('input_audio_buffer.cleared');
    client.send({ type: 'input_audio_buffer.commit' });
    await client.next('error');
    client.close();
  });
});

describe('talking over a reply', () => {
  async function longReply(detection?: object): Promise<TestClient> {
    const client = await open(detection);
    for (const text of ['a', 'b']) {
      const content = [{ type: 'input_text', text }];
      const item = { type: 'message', role: 'user', content };
      client.send({ type: 'conversation.item.create', item });
    }
    client.send({ type: 'response.create' });
    await client.next('response.output_audio.delta');
    return client;
  }

  it('cancels it, and a few late deltas still come before response.done', async () => {
    const client = await longReply();
    client.speak(tone(300));
    expect(await client.next('response.done')).toMatchObject({
      response: {
        status: 'cancelled',
        status_details: { type: 'cancelled', reason: 'turn_detected' },
      },
    });
    const after = client.types.slice(client.types.indexOf('input_audio_buffer.speech_started'));
    expect(after.filter((type) => type === 'response.output_audio.delta')).toHaveLength(2);
    client.close();
  });

  it('lets it go on with interrupt_response false, and answers the turn afterwards', async () => {
    const client = await longReply({ type: 'server_vad', interrupt_response: false });
    utter(client);
    expect(await client.next('response.done')).toMatchObject({ response: { status: 'completed' } });
    await client.next('response.created');
    await client.next('response.created');
    client.close();
  });
});

describe('idle_timeout_ms', () => {
  it('makes an empty turn when the caller stays silent after a reply', async () => {
    const client = await open({ type: 'server_vad', idle_timeout_ms: 10 });
    client.send({ type: 'response.create' });
    await client.next('response.done');
    await client.next('input_audio_buffer.timeout_triggered');
    await client.next('response.done');
    client.close();
  });
});
