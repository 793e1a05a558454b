import {
  OpenAIRealtimeWebSocket,
  RealtimeAgent,
  RealtimeSession,
  tool,
  type TransportEvent,
} from '@openai/agents-realtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defaultApiKey } from '../../../../dev/realtime-simulator/index.js';
import { assertEventLogValid } from '../../../../dev/realtime-simulator/schema/index.js';
import { Inbox } from './support/inbox.js';
import { startLoggedSimulator, type LoggedSimulator } from './support/logged-simulator.js';
import { SKILLS, STOP, STORY, WEATHER } from './support/scenario.js';
import { spoken } from './support/speech.js';

const getWeather = tool({
  name: 'get_weather',
  description: 'The weather in a city.',
  parameters: z.object({ city: z.string() }),
  execute: async ({ city }) => {
    asked.push(city);
    return JSON.stringify({ sky: 'sunny' });
  },
});

const asked: string[] = [];
const errors: unknown[] = [];
const received = new Inbox<TransportEvent>();
let logged: LoggedSimulator;
let session: RealtimeSession;
let audioBytes = 0;
let interruptions = 0;

beforeAll(async () => {
  logged = await startLoggedSimulator();
  const url = `${logged.simulator.baseURL.replace('http', 'ws')}/realtime?model=gpt-realtime`;
  const agent = new RealtimeAgent({ name: 'weather', instructions: 'Help.', tools: [getWeather] });
  session = new RealtimeSession(agent, {
    transport: new OpenAIRealtimeWebSocket({ url }),
    model: 'gpt-realtime',
    config: {
      audio: {
        input: {
          transcription: { model: 'gpt-4o-mini-transcribe' },
          turnDetection: { type: 'server_vad', interruptResponse: true, createResponse: true },
        },
      },
    },
  });
  session.on('error', ({ error }) => errors.push(error));
  session.on('audio', ({ data }) => (audioBytes += data.byteLength));
  session.on('audio_interrupted', () => (interruptions += 1));
  session.on('transport_event', (event) => received.push(event));
  await session.connect({ apiKey: defaultApiKey });
  await received.next('session.updated');
});
afterAll(async () => {
  session.close();
  await logged.stop();
});

async function say(line: string): Promise<void> {
  for (const chunk of await spoken(line)) {
    session.sendAudio(new Uint8Array(chunk).buffer);
  }
}

/** What the client's own history says was spoken, `user: …` and `assistant: …`. */
function history(): string[] {
  return session.history.flatMap((item) => {
    if (item.type !== 'message') {
      return [];
    }
    const words = item.content.map((part) => ('transcript' in part ? part.transcript : ''));
    return [`${item.role}: ${words.join('')}`];
  });
}

describe('with the agents-realtime client, in one conversation', () => {
  test('a spoken turn is heard, and answered in speech', async () => {
    await say(SKILLS.hears);
    await received.next('response.done');
    expect(audioBytes).toBeGreaterThan(24_000);
    expect(history()).toEqual([`user: ${SKILLS.hears}`, `assistant: ${SKILLS.says}`]);
  });

  test('a tool runs, and its result is spoken', async () => {
    await say(WEATHER.hears);
    await received.next('response.done');
    await received.next('response.done');
    expect(asked).toEqual(['Paris']);
    expect(history().slice(2)).toEqual([
      `user: ${WEATHER.hears}`,
      'assistant: It is sunny in Paris.',
    ]);
  });

  test('speech over a reply interrupts it, and the client truncates what it played', async () => {
    // Synthesised before the story begins: it lasts a second at this pace, and must not be over by then.
    await spoken(STOP.hears);
    await say(STORY.hears);
    const { item_id } = await received.next('response.output_audio.delta');
    // The client truncates only while it has received more than it can have played.
    await received.next('response.output_audio.delta');
    await received.next('response.output_audio.delta');
    const before = interruptions; // Speech while an earlier reply still played counted, too.
    await say(STOP.hears);
    const cancelled = await received.next('response.done');
    expect(cancelled).toMatchObject({ response: { status: 'cancelled' } });
    await received.next('response.done');
    expect(interruptions).toBe(before + 1);
    const truncated = received.all.filter(({ type }) => type === 'conversation.item.truncated');
    expect(truncated.at(-1)).toMatchObject({ item_id });
    expect(history().at(-1)).toBe(`assistant: ${STOP.says}`);
  });

  test('no error was reported, and every event of it is the protocol', async () => {
    expect(errors).toEqual([]);
    const { events, skipped } = await assertEventLogValid(logged.eventLog);
    expect(events).toBeGreaterThan(100);
    expect(skipped).toEqual({ injected: 0, refused: 0 });
  });
});
