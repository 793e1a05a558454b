import type { Reply, ReplyEnd } from './reply.js';

/** Writes a text, for a session or a reply without audio. */
export async function write(reply: Reply, text: string): Promise<ReplyEnd> {
  const { connection } = reply.session;
  if (!(await reply.think())) {
    return reply.end([]);
  }
  const output = reply.newMessage();
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
