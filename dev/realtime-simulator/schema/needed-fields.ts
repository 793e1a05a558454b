/**
 * Fields the SDK's models call optional, and which the service's clients cannot do without: read in LiveKit's
 * OpenAI plugin 1.9.0 and in @openai/agents-realtime 0.20.0. By event type, as paths.
 */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'session.created': ['session.id', 'session.audio.input'],
  'session.updated': ['session.id', 'session.audio.input'],
  'input_audio_buffer.committed': ['previous_item_id'],
  'conversation.item.added': ['previous_item_id', 'item.id'],
  'conversation.item.done': ['previous_item_id', 'item.id', 'item.status'],
  'conversation.item.retrieved': ['item.id'],
  'conversation.item.input_audio_transcription.delta': ['content_index', 'delta'],
  'response.created': ['response.id', 'response.status', 'response.metadata'],
  'response.output_item.added': ['item.id'],
  'response.output_item.done': ['item.id', 'item.status'],
  'response.content_part.added': ['part.type'],
  'response.content_part.done': ['part.type'],
  'response.done': [
    'response.id',
    'response.status',
    'response.status_details',
    'response.output',
    'response.usage.total_tokens',
    'response.usage.input_tokens',
    'response.usage.output_tokens',
    'response.usage.input_token_details.text_tokens',
    'response.usage.input_token_details.audio_tokens',
    'response.usage.input_token_details.cached_tokens',
    'response.usage.output_token_details.text_tokens',
    'response.usage.output_token_details.audio_tokens',
  ],
  error: ['error.code', 'error.event_id'],
};

/** The needed fields that a server event does not have. Null counts as there. */
export function missingFields(event: unknown): string[] {
  const type = at(event, 'type');
  const paths = typeof type === 'string' ? (NEEDED[type] ?? []) : [];
  const call = at(event, 'item.type') === 'function_call' ? ['item.call_id'] : [];
  return [...paths, ...call].filter((path) => at(event, path) === undefined);
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => {
    return typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined;
  }, value);
}
