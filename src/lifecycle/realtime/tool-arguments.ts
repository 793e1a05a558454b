import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { ServerEvent } from './server-event.js';

const doneItem = z.looseObject({
  item: z.looseObject({
    id: z.string(),
    type: z.literal('function_call'),
    arguments: z.string(),
  }),
});

/**
 * Completes a tool call in what is known of the conversation. The service adds the call before the model has written its
 * arguments, and upstream does not look at it again: after a reconnect the model would find a call of it without any.
 */
export function keepArguments(
  event: ServerEvent,
  find: (id: string) => llm.ChatItem | undefined,
): void {
  if (event.type !== 'response.output_item.done' && event.type !== 'conversation.item.done') {
    return;
  }
  const item = doneItem.safeParse(event).data?.item;
  const known = item && find(item.id);
  if (known instanceof llm.FunctionCall) {
    known.args = item?.arguments ?? known.args;
  }
}
