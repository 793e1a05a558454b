import { z } from 'zod';

const shared = {
  id: z.string().min(1).optional(),
  object: z.literal('realtime.item').optional(),
  status: z.enum(['completed', 'incomplete', 'in_progress']).optional(),
};
const inputText = z.strictObject({ type: z.literal('input_text'), text: z.string() });
const inputAudio = z.strictObject({
  type: z.literal('input_audio'),
  audio: z.base64().optional(),
  transcript: z.string().nullish(),
});
const inputImage = z.strictObject({
  type: z.literal('input_image'),
  image_url: z.string(),
  detail: z.enum(['auto', 'low', 'high']).optional(),
});
const outputText = z.strictObject({ type: z.literal('output_text'), text: z.string() });
const outputAudio = z.strictObject({
  type: z.literal('output_audio'),
  audio: z.base64().optional(),
  transcript: z.string().nullish(),
});

const message = z.discriminatedUnion('role', [
  z.strictObject({
    ...shared,
    type: z.literal('message'),
    role: z.literal('user'),
    content: z.array(z.discriminatedUnion('type', [inputText, inputAudio, inputImage])),
  }),
  z.strictObject({
    ...shared,
    type: z.literal('message'),
    role: z.literal('assistant'),
    content: z.array(z.discriminatedUnion('type', [outputText, outputAudio])),
  }),
  z.strictObject({
    ...shared,
    type: z.literal('message'),
    role: z.literal('system'),
    content: z.array(inputText),
  }),
]);
const functionCall = z.strictObject({
  ...shared,
  type: z.literal('function_call'),
  call_id: z.string().optional(),
  name: z.string(),
  arguments: z.string(),
});
const functionCallOutput = z.strictObject({
  ...shared,
  type: z.literal('function_call_output'),
  call_id: z.string(),
  output: z.string(),
});

/** A conversation item as a client may send it. MCP items are not simulated. */
export const itemFromClient = z.discriminatedUnion('type', [
  message,
  functionCall,
  functionCallOutput,
]);
export type ItemFromClient = z.output<typeof itemFromClient>;

type Named<T> = T extends unknown ? Omit<T, keyof typeof shared> & ItemHead : never;

interface ItemHead {
  readonly id: string;
  readonly object: 'realtime.item';
  status: 'completed' | 'incomplete' | 'in_progress';
}

/** A conversation item as the server keeps and sends it. */
export type Item = Named<ItemFromClient>;
export type MessageItem = Extract<Item, { type: 'message' }>;
export type AssistantItem = Extract<MessageItem, { role: 'assistant' }>;
export type UserItem = Extract<MessageItem, { role: 'user' }>;
export type FunctionCallItem = Extract<Item, { type: 'function_call' }>;
