import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServerEvents } from '../../../../dev/realtime-simulator/protocol/server-events.js';
import {
  assertEventLogValid,
  validateEvent,
} from '../../../../dev/realtime-simulator/schema/index.js';
import { startLoggedSimulator, type LoggedSimulator } from './support/logged-simulator.js';
import { withExtraKey, withoutKey, withWrongType, type Mutation } from './support/mutations.js';
import { OfficialClient } from './support/openai-client.js';
import { seeEverything } from './support/tour.js';

/** The compiler wants a line here for every type of event the simulator can send. */
const everyType: Record<keyof ServerEvents, true> = {
  error: true,
  'session.created': true,
  'session.updated': true,
  'input_audio_buffer.speech_started': true,
  'input_audio_buffer.speech_stopped': true,
  'input_audio_buffer.timeout_triggered': true,
  'input_audio_buffer.committed': true,
  'input_audio_buffer.cleared': true,
  'conversation.item.added': true,
  'conversation.item.done': true,
  'conversation.item.retrieved': true,
  'conversation.item.deleted': true,
  'conversation.item.truncated': true,
  'conversation.item.input_audio_transcription.delta': true,
  'conversation.item.input_audio_transcription.completed': true,
  'rate_limits.updated': true,
  'response.created': true,
  'response.done': true,
  'response.output_item.added': true,
  'response.output_item.done': true,
  'response.content_part.added': true,
  'response.content_part.done': true,
  'response.output_audio.delta': true,
  'response.output_audio.done': true,
  'response.output_audio_transcript.delta': true,
  'response.output_audio_transcript.done': true,
  'response.output_text.delta': true,
  'response.output_text.done': true,
  'response.function_call_arguments.delta': true,
  'response.function_call_arguments.done': true,
};

let logged: LoggedSimulator;
let sent: Record<string, unknown>[];

beforeAll(async () => {
  logged = await startLoggedSimulator();
  const client = await OfficialClient.connect(logged.simulator);
  await seeEverything(client);
  client.close();
  sent = await logged.sent();
});
afterAll(() => logged.stop());

/** Mutations of all events sent that nobody notices, as `type path`. */
function unnoticed(mutate: (event: object) => Mutation[]): string[] {
  const passed = sent.flatMap((event) =>
    mutate(event)
      .filter((mutation) => validateEvent('out', mutation.event).length === 0)
      .map(({ path }) => `${String(event['type'])} ${path}`),
  );
  return [...new Set(passed)].sort();
}

describe('of every event the simulator can send', () => {
  test('all were sent, and are the protocol', async () => {
    expect([...new Set(sent.map((event) => event['type']))].sort()).toEqual(
      Object.keys(everyType).sort(),
    );
    await assertEventLogValid(logged.eventLog);
  });

  test('no field can go missing unnoticed', () => {
    const own = unnoticed(withoutKey).filter((place) => !place.includes('.', place.indexOf(' ')));
    expect(own).toEqual([]);
  });

  test('neither can what a client cannot do without, deep inside', () => {
    const missed = new Set(unnoticed(withoutKey));
    const needed = [
      'conversation.item.added item.id',
      'conversation.item.added item.type',
      'conversation.item.added item.role',
      'conversation.item.added item.content',
      'response.created response.id',
      'response.output_item.added item.id',
      'response.output_item.done item.call_id',
      'response.output_item.done item.arguments',
      'response.content_part.added part.type',
      'response.done response.status',
      'response.done response.usage',
      'response.done response.usage.input_token_details',
      'error error.message',
      'error error.code',
    ];
    expect(needed.filter((place) => missed.has(place))).toEqual([]);
  });

  test('no value can be of another type', () => {
    expect(unnoticed(withWrongType)).toEqual([]);
  });

  test('no key can be added, at any depth', () => {
    expect(unnoticed(withExtraKey)).toEqual([]);
  });
});
