import fc from 'fast-check';

export const code = fc.constantFrom(
  null,
  'server_error',
  'rate_limit_exceeded',
  'session_expired',
  'insufficient_quota',
  'invalid_api_key',
  'conversation_already_has_active_response',
  'unheard_of',
);
export const error = {
  type: fc.constantFrom('server_error', 'invalid_request_error', 'tokens'),
  code,
  message: fc.constantFrom(
    '',
    'No.',
    'Incorrect API key provided: sk-test-abcdef123456.',
    'x'.repeat(5_000),
  ),
};
export const eventTypes = fc.subarray(
  [
    'session.created',
    'session.updated',
    'response.created',
    'response.output_item.added',
    'conversation.item.added',
    'conversation.item.done',
    'response.content_part.added',
    'response.output_audio.delta',
    'response.output_audio_transcript.delta',
    'response.output_item.done',
    'response.done',
    'input_audio_buffer.speech_started',
    'input_audio_buffer.speech_stopped',
    'input_audio_buffer.committed',
  ],
  { minLength: 1, maxLength: 3 },
);
export const clientTypes = fc.subarray(
  [
    'session.update',
    'conversation.item.create',
    'response.create',
    'response.cancel',
    'input_audio_buffer.append',
  ],
  { minLength: 1 },
);
export const field = fc.constantFrom(
  'response',
  'item',
  'item_id',
  'delta',
  'part',
  'session',
  'error',
  'previous_item_id',
  'type',
);
export const value = fc.constantFrom(
  null,
  7,
  '',
  'nobody',
  [],
  {},
  { id: 'nobody' },
  { status: 'failed' },
  true,
);
