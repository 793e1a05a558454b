import { newId } from '../protocol/ids.js';
import type { AssistantItem } from '../protocol/items.js';
import type { Reply, ReplyEnd } from './reply.js';

/** Writes a text, for a session or a reply without audio. */
export async function write(reply: Reply, text: string): Promise<ReplyEnd> {
  const { connection, services } = reply.session;
  const { firstAudioMs } = services.pace.latencies;
  await reply.wait((signal) => services.pace.wait(firstAudioMs, signal));
  if (reply.cancelReason !== undefined) {
    return reply.end([]);
  }
  const output = reply.newOutput<AssistantItem>({
    id: newId('item'),
    object: 'realtime.item',
    type: 'message',
    status: 'in_progress',
    role: 'assistant',
    content: [],
  });
  output.open();
  output.openPart({ type: 'text', text: '' });
  for (const delta of text.match(/\S+\s*/g) ?? []) {
    connection.send({ type: 'response.output_text.delta', ...output.contentPlace, delta });
  }
  connection.send({ type: 'response.output_text.done', ...output.contentPlace, text });
  output.closePart({ type: 'text', text });
  output.item.content = [{ type: 'output_text', text }];
  output.close('completed');
  reply.spokenText = text;
  return reply.end([output.item]);
}
