import { z } from 'zod';
import { newId } from '../protocol/ids.js';
import type { Item } from '../protocol/items.js';
import type { Scenario } from '../scenario.js';
import { nextDeed, scenarioFor, type Deed } from '../script.js';

const content = z.union([z.string(), z.array(z.object({ text: z.string().optional() }))]).nullish();
/** A message, as far as it matters here. */
export const chatMessage = z.object({
  role: z.string(),
  content,
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(
      z.object({
        id: z.string(),
        function: z.object({ name: z.string(), arguments: z.string() }),
      }),
    )
    .optional(),
});
type ChatMessage = z.output<typeof chatMessage>;

/** What the scenario says next, given chat messages instead of conversation items. */
export function deedForMessages(
  scenarios: readonly Scenario[],
  messages: readonly ChatMessage[],
  toolNames: readonly string[],
): Deed {
  const texts = messages.map(textOf);
  // Messages name no language: take the scenario that one of the caller's lines is from.
  const known = scenarios.find((one) => one.turns.some((turn) => texts.includes(turn.hears)));
  return nextDeed(known ?? scenarioFor(scenarios, 'en'), messages.flatMap(itemsOf), toolNames);
}

function itemsOf(message: ChatMessage): Item[] {
  const head = { object: 'realtime.item', status: 'completed' } as const;
  const text = textOf(message);
  if (message.role === 'user') {
    const content = [{ type: 'input_text' as const, text }];
    return [{ ...head, id: newId('item'), type: 'message', role: 'user', content }];
  }
  if (message.role === 'tool') {
    const call_id = message.tool_call_id ?? '';
    return [{ ...head, id: newId('item'), type: 'function_call_output', call_id, output: text }];
  }
  return (message.tool_calls ?? []).map((call) => ({
    ...head,
    id: newId('item'),
    type: 'function_call',
    call_id: call.id,
    name: call.function.name,
    arguments: call.function.arguments,
  }));
}

function textOf({ content }: ChatMessage): string {
  return typeof content === 'string'
    ? content
    : (content ?? []).map((part) => part.text ?? '').join('');
}
