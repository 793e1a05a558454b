import { newId } from '../protocol/ids.js';
import type { FunctionCallItem } from '../protocol/items.js';
import type { Deed } from '../script.js';
import type { Reply, ReplyEnd } from './reply.js';

/** Asks the client to run a tool; the client answers with an item and asks for the next reply itself. */
export async function callTool(
  reply: Reply,
  deed: Extract<Deed, { kind: 'call' }>,
): Promise<ReplyEnd> {
  const { connection } = reply.session;
  if (!(await reply.think())) {
    return reply.end([]);
  }
  const call_id = newId('call');
  const output = reply.newOutput<FunctionCallItem>({
    id: newId('item'),
    object: 'realtime.item',
    type: 'function_call',
    status: 'in_progress',
    name: deed.name,
    call_id,
    arguments: '',
  });
  output.open();
  const place = { ...output.place, item_id: output.item.id, call_id };
  for (const delta of deed.arguments.match(/.{1,8}/gs) ?? []) {
    connection.send({ type: 'response.function_call_arguments.delta', ...place, delta });
  }
  output.item.arguments = deed.arguments;
  connection.send({
    type: 'response.function_call_arguments.done',
    ...place,
    name: deed.name,
    arguments: deed.arguments,
  });
  output.close('completed');
  return reply.end([output.item]);
}
