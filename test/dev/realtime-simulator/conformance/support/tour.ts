import type { OfficialClient } from './openai-client.js';
import { SKILLS, STOP, STORY, WEATHER } from './scenario.js';

const tools = [
  {
    type: 'function' as const,
    name: 'get_weather',
    parameters: { type: 'object', properties: {} },
  },
];

/** Makes the simulator send every type of event it can send. */
export async function seeEverything(client: OfficialClient): Promise<void> {
  const { received } = client;
  await spokenTurnAndTool(client);
  await interruptionAndItems(client);
  await writtenReply(client);
  client.send({ type: 'response.cancel' });
  await received.next('error');
  await silence(client);
}

async function spokenTurnAndTool(client: OfficialClient): Promise<void> {
  const { received } = client;
  client.send({
    type: 'session.update',
    session: {
      type: 'realtime',
      audio: { input: { transcription: { model: 'gpt-4o-mini-transcribe' } } },
      tools,
    },
  });
  await received.next('session.updated');
  await client.say(SKILLS.hears);
  await received.next('response.done');
  await client.say(WEATHER.hears);
  const { call_id } = await received.next('response.function_call_arguments.done');
  await received.next('response.done');
  client.send({
    type: 'conversation.item.create',
    item: { type: 'function_call_output', call_id, output: '{"sky":"sunny"}' },
  });
  client.send({ type: 'response.create' });
  await received.next('response.done');
}

async function interruptionAndItems(client: OfficialClient): Promise<void> {
  const { received } = client;
  await client.say(STORY.hears);
  const { item_id } = await received.next('response.output_audio.delta');
  await client.say(STOP.hears);
  await received.next('response.done'); // The one cancelled,
  await received.next('response.done'); // and the answer to what cancelled it.
  client.send({
    type: 'conversation.item.truncate',
    item_id,
    content_index: 0,
    audio_end_ms: 100,
  });
  await received.next('conversation.item.truncated');
  client.send({ type: 'conversation.item.retrieve', item_id });
  await received.next('conversation.item.retrieved');
  client.send({ type: 'conversation.item.delete', item_id });
  await received.next('conversation.item.deleted');
  client.send({ type: 'input_audio_buffer.clear' });
  await received.next('input_audio_buffer.cleared');
}

async function writtenReply(client: OfficialClient): Promise<void> {
  const { received } = client;
  client.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] },
  });
  client.send({
    type: 'response.create',
    response: { output_modalities: ['text'], metadata: { topic: 'greeting' } },
  });
  await received.next('response.output_text.done');
  await received.next('response.done');
}

/** The caller says nothing: the server asks whether anybody is there. */
async function silence(client: OfficialClient): Promise<void> {
  const { received } = client;
  client.send({
    type: 'session.update',
    session: {
      type: 'realtime',
      audio: { input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 50 } } },
    },
  });
  await received.next('session.updated');
  // Written, it takes no time to play: the idle time begins at once.
  client.send({ type: 'response.create', response: { output_modalities: ['text'] } });
  await received.next('response.done');
  await received.next('input_audio_buffer.timeout_triggered');
  await received.next('response.done');
}
