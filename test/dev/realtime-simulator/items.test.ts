import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RealtimeSimulator } from '../../../dev/realtime-simulator/index.js';
import { TestClient } from './support/test-client.js';
import { startTestSimulator, wordMs } from './support/test-simulator.js';

let simulator: RealtimeSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterAll(async () => simulator.stop());

const create = (id: string, previous_item_id?: string): object => ({
  type: 'conversation.item.create',
  event_id: `create_${id}`,
  ...(previous_item_id !== undefined && { previous_item_id }),
  item: { id, type: 'message', role: 'user', content: [{ type: 'input_text', text: id }] },
});

describe('conversation items', () => {
  it('are put at the end, behind another, or at the beginning', async () => {
    const client = await TestClient.open(simulator);
    [create('a'), create('b'), create('c', 'a'), create('d', 'root')].forEach((event) =>
      client.send(event),
    );
    const previous = [null, 'a', 'a', null];
    for (const previous_item_id of previous) {
      expect(await client.next('conversation.item.added')).toMatchObject({ previous_item_id });
      expect(await client.next('conversation.item.done')).toMatchObject({ previous_item_id });
    }
    client.close();
  });

  it('are deleted and retrieved', async () => {
    const client = await TestClient.open(simulator);
    client.send(create('a'));
    client.send({ type: 'conversation.item.retrieve', item_id: 'a' });
    expect(await client.next('conversation.item.retrieved')).toMatchObject({
      item: { id: 'a', status: 'completed', content: [{ type: 'input_text', text: 'a' }] },
    });
    client.send({ type: 'conversation.item.delete', item_id: 'a' });
    expect(await client.next('conversation.item.deleted')).toMatchObject({ item_id: 'a' });
    client.close();
  });

  const cut = { content_index: 0, audio_end_ms: 1 };
  it.each([
    ['a taken id', create('a'), 'item_create_duplicate_id'],
    ['an unknown previous item', create('z', 'nobody'), 'item_create_invalid_previous_item_id'],
    [
      'deleting an unknown item',
      { type: 'conversation.item.delete', item_id: 'nobody' },
      'item_delete_invalid_item_id',
    ],
    [
      'retrieving an unknown item',
      { type: 'conversation.item.retrieve', item_id: 'nobody' },
      'item_retrieve_invalid_item_id',
    ],
    [
      'truncating an unknown item',
      { type: 'conversation.item.truncate', item_id: 'nobody', ...cut },
      'item_truncate_invalid_item_id',
    ],
    [
      'truncating what the model did not speak',
      { type: 'conversation.item.truncate', item_id: 'a', ...cut },
      'unsupported_content_type',
    ],
  ])('are refused for %s', async (_name, event, code) => {
    const client = await TestClient.open(simulator);
    client.send(create('a'));
    client.send(event);
    expect(await client.next('error')).toMatchObject({ error: { code } });
    client.close();
  });

  it('lose their transcript when they are truncated, and cannot be truncated to more', async () => {
    const client = await TestClient.open(simulator);
    client.send({ type: 'response.create' });
    const added = await client.next('response.output_item.added');
    const item_id = String(Reflect.get(Object(added['item']), 'id'));
    await client.next('response.done');
    const truncate = (audio_end_ms: number): void =>
      client.send({
        type: 'conversation.item.truncate',
        item_id,
        content_index: 0,
        audio_end_ms,
      });
    truncate(3 * wordMs + 1);
    expect(await client.next('error')).toMatchObject({
      error: {
        code: 'invalid_value',
        message: 'Audio content of 300ms is already shorter than 301ms',
      },
    });
    truncate(120);
    expect(await client.next('conversation.item.truncated')).toMatchObject({ audio_end_ms: 120 });
    client.send({ type: 'conversation.item.retrieve', item_id });
    const { item } = await client.next('conversation.item.retrieved');
    expect(item).toHaveProperty('content', [{ type: 'output_audio' }]);
    truncate(121);
    await client.next('error');
    client.close();
  });
});
