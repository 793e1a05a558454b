import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { defaultApiKey } from '../../../../dev/realtime-simulator/index.js';
import { assertEventLogValid } from '../../../../dev/realtime-simulator/schema/index.js';
import { Inbox } from './support/inbox.js';
import { startLoggedSimulator } from './support/logged-simulator.js';
import { SKILLS } from './support/scenario.js';
import { spoken } from './support/speech.js';

const eventSchema = z.looseObject({ type: z.string() });

test('a session that only transcribes speaks the protocol, too', async () => {
  const logged = await startLoggedSimulator();
  try {
    const socket = new WebSocket(
      `${logged.simulator.baseURL.replace('http', 'ws')}/realtime?intent=transcription`,
      { headers: { authorization: `Bearer ${defaultApiKey}` } },
    );
    const received = new Inbox<z.output<typeof eventSchema>>();
    socket.on('message', (data: Buffer) =>
      received.push(eventSchema.parse(JSON.parse(data.toString('utf8')))),
    );
    await once(socket, 'open');
    const send = (event: object): void => socket.send(JSON.stringify(event));

    const created = await received.next('session.created');
    expect(created).toMatchObject({ session: { type: 'transcription' } });
    const transcription = { model: 'gpt-4o-mini-transcribe', language: 'en' };
    send({
      type: 'session.update',
      session: { type: 'transcription', audio: { input: { transcription } } },
    });
    await received.next('session.updated');
    for (const chunk of await spoken(SKILLS.hears)) {
      send({ type: 'input_audio_buffer.append', audio: chunk.toString('base64') });
    }
    const heard = await received.next('conversation.item.input_audio_transcription.completed');
    expect(heard).toMatchObject({ transcript: SKILLS.hears });
    socket.close();
    await once(socket, 'close');
    expect(received.count('response.created')).toBe(0);
    await assertEventLogValid(logged.eventLog);
  } finally {
    await logged.stop();
  }
});
