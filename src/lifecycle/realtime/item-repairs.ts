import { z } from 'zod';
import type { ServerEvent } from './server-event.js';

/** Kept when it is text, and nothing otherwise. */
const text = z.string().nullish().catch(null);

/** All of a part of a message that the plugin reads. */
const part = z.object({
  type: z.string(),
  text: z.string().optional().catch(undefined),
  image_url: z.string().optional().catch(undefined),
});
/** All of an event about an item that the plugin reads; content is looked at part by part. */
const itemEvent = z.object({
  type: z.string(),
  event_id: text,
  response_id: text,
  previous_item_id: z.string().nullish().catch(''),
  item: z.object({
    id: z.string(),
    type: z.string(),
    role: text,
    status: text,
    name: text,
    call_id: text,
    arguments: text,
    output: text,
    content: z.unknown().optional(),
  }),
});
type Item = z.output<typeof itemEvent>['item'];

const TEXT_PARTS: ReadonlySet<string> = new Set(['text', 'input_text', 'output_text']);

/**
 * An event about an item in which what should be text is text; `undefined` when nothing is wrong with it. Upstream takes
 * a text that is none into the conversation, and can then not restore it on any other connection; a call of a tool without
 * parameters, whose arguments are empty, it drops without a word.
 */
export function repairedItem(event: ServerEvent): object | undefined {
  const { data } = itemEvent.safeParse(event);
  const changes = data && changesTo(data.item, event.type.endsWith('.done'));
  return changes && { ...data, item: { ...data.item, content: undefined, ...changes } };
}

function changesTo(item: Item, isDone: boolean): object | undefined {
  switch (item.type) {
    case 'message': {
      const given: readonly unknown[] = Array.isArray(item.content) ? item.content : [item.content];
      const content = given.flatMap(partOf);
      return content.length === given.length ? undefined : { content };
    }
    case 'function_call': {
      const isWhole = isDone && item.status !== 'incomplete';
      const args = item.arguments || (isWhole ? '{}' : '');
      return args === item.arguments ? undefined : { arguments: args };
    }
    case 'function_call_output':
      return typeof item.output === 'string' ? undefined : { output: '' };
    default:
      return undefined;
  }
}

function partOf(value: unknown): readonly z.output<typeof part>[] {
  const { data } = part.safeParse(value);
  return data && (data.text !== undefined || !TEXT_PARTS.has(data.type)) ? [data] : [];
}
