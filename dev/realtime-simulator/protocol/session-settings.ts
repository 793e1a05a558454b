import { z } from 'zod';

/** The only audio the simulator takes and gives: PCM16, mono, little endian, 24 000 samples a second. */
const pcm = z.strictObject({ type: z.literal('audio/pcm'), rate: z.literal(24000).default(24000) });

/** Defaults are those of the service's reference. */
const serverVad = z.strictObject({
  type: z.literal('server_vad'),
  threshold: z.number().min(0).max(1).default(0.5),
  prefix_padding_ms: z.int().min(0).default(300),
  silence_duration_ms: z.int().min(0).default(500),
  idle_timeout_ms: z.int().min(1).nullable().default(null),
  create_response: z.boolean().default(true),
  interrupt_response: z.boolean().default(true),
});
const semanticVad = z.strictObject({
  type: z.literal('semantic_vad'),
  eagerness: z.enum(['low', 'medium', 'high', 'auto']).default('auto'),
  create_response: z.boolean().default(true),
  interrupt_response: z.boolean().default(true),
});
const turnDetection = z.discriminatedUnion('type', [serverVad, semanticVad]);
export type TurnDetection = z.output<typeof turnDetection>;

const transcription = z.strictObject({
  model: z.string().optional(),
  language: z.string().optional(),
  prompt: z.string().optional(),
  delay: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
});
export type Transcription = z.output<typeof transcription>;

const audioInput = z.strictObject({
  format: pcm,
  noise_reduction: z.strictObject({ type: z.enum(['near_field', 'far_field']) }).nullable(),
  transcription: transcription.nullable(),
  turn_detection: turnDetection.nullable(),
});
const voice = z.union([z.string(), z.strictObject({ id: z.string() })]);
const audioOutput = z.strictObject({ format: pcm, voice, speed: z.number().min(0.25).max(1.5) });

export const functionTool = z.strictObject({
  type: z.literal('function'),
  name: z.string(),
  description: z.string().optional(),
  parameters: z.unknown().optional(),
});
export const toolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.strictObject({ type: z.literal('function'), name: z.string() }),
]);
export const maxOutputTokens = z.union([z.literal('inf'), z.int().min(1).max(32_000)]);
export const outputModalities = z.array(z.enum(['text', 'audio'])).min(1);
const identity = { id: z.string(), object: z.string(), expires_at: z.number() };
const include = z.array(z.literal('item.input_audio_transcription.logprobs')).nullable();

const realtime = z.strictObject({
  ...identity,
  type: z.literal('realtime'),
  model: z.string(),
  output_modalities: outputModalities,
  instructions: z.string(),
  tools: z.array(functionTool),
  tool_choice: toolChoice,
  parallel_tool_calls: z.boolean(),
  max_output_tokens: maxOutputTokens,
  reasoning: z.strictObject({ effort: z.string().optional() }).nullable(),
  tracing: z.unknown(),
  truncation: z.unknown(),
  prompt: z.unknown(),
  include,
  audio: z.strictObject({ input: audioInput, output: audioOutput }),
});
const transcriptionSession = z.strictObject({
  ...identity,
  type: z.literal('transcription'),
  include,
  audio: z.strictObject({ input: audioInput }),
});

export type RealtimeSettings = Omit<
  z.output<typeof realtime>,
  'reasoning' | 'parallel_tool_calls'
> &
  Partial<Pick<z.output<typeof realtime>, 'reasoning' | 'parallel_tool_calls'>>;
export type TranscriptionSettings = z.output<typeof transcriptionSession>;
/** A session as `session.created` and `session.updated` show it. */
export type SessionSettings = RealtimeSettings | TranscriptionSettings;

/** What `session.update` may carry: any part of a session, and always its `type`. */
export const sessionUpdate = z.discriminatedUnion('type', [
  realtime
    .omit({ id: true, object: true, expires_at: true })
    .partial()
    .extend({
      type: z.literal('realtime'),
      audio: z
        .strictObject({ input: audioInput.partial(), output: audioOutput.partial() })
        .partial()
        .optional(),
    }),
  transcriptionSession
    .omit({ id: true, object: true, expires_at: true })
    .partial()
    .extend({
      type: z.literal('transcription'),
      audio: z.strictObject({ input: audioInput.partial() }).partial().optional(),
    }),
]);
export type SessionUpdate = z.output<typeof sessionUpdate>;

/** The turn detection a session has before it is told otherwise. */
export const defaultTurnDetection: TurnDetection = serverVad.parse({ type: 'server_vad' });
