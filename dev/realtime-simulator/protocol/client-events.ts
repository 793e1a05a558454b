import { z } from 'zod';
import { itemFromClient } from './items.js';
import {
  functionTool,
  maxOutputTokens,
  outputModalities,
  sessionUpdate,
  toolChoice,
} from './session-settings.js';

const head = { event_id: z.string().max(512).optional() };

const responseParams = z.strictObject({
  instructions: z.string().optional(),
  metadata: z.record(z.string(), z.string()).nullish(),
  output_modalities: outputModalities.optional(),
  max_output_tokens: maxOutputTokens.optional(),
  tools: z.array(functionTool).optional(),
  tool_choice: toolChoice.optional(),
  parallel_tool_calls: z.boolean().optional(),
  reasoning: z.unknown().optional(),
  prompt: z.unknown().optional(),
  conversation: z.string().optional(),
  input: z.array(z.unknown()).optional(),
  audio: z.unknown().optional(),
});
/** The settings of one reply, over those of the session. */
export type ResponseParams = z.output<typeof responseParams>;

/** Every event a client may send in the GA dialect. */
export const clientEvent = z.discriminatedUnion('type', [
  z.strictObject({ ...head, type: z.literal('session.update'), session: sessionUpdate }),
  z.strictObject({ ...head, type: z.literal('input_audio_buffer.append'), audio: z.string() }),
  z.strictObject({ ...head, type: z.literal('input_audio_buffer.commit') }),
  z.strictObject({ ...head, type: z.literal('input_audio_buffer.clear') }),
  z.strictObject({
    ...head,
    type: z.literal('conversation.item.create'),
    previous_item_id: z.string().nullish(),
    item: itemFromClient,
  }),
  z.strictObject({ ...head, type: z.literal('conversation.item.retrieve'), item_id: z.string() }),
  z.strictObject({ ...head, type: z.literal('conversation.item.delete'), item_id: z.string() }),
  z.strictObject({
    ...head,
    type: z.literal('conversation.item.truncate'),
    item_id: z.string(),
    content_index: z.int().min(0),
    audio_end_ms: z.int().min(0),
  }),
  z.strictObject({
    ...head,
    type: z.literal('response.create'),
    response: responseParams.optional(),
  }),
  z.strictObject({
    ...head,
    type: z.literal('response.cancel'),
    response_id: z.string().optional(),
  }),
  z.strictObject({ ...head, type: z.literal('output_audio_buffer.clear') }),
]);
export type ClientEvent = z.output<typeof clientEvent>;
