/** The body of an `error` event, and of an HTTP error. */
export interface ErrorBody {
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
  readonly param: string | null;
}

/** A client event the server refuses; becomes an `error` event that names the client's `event_id`. */
export class RefusedEvent extends Error {
  override readonly name = 'RefusedEvent';
  readonly body: ErrorBody;

  constructor(code: string | null, message: string, param: string | null = null) {
    super(message);
    this.body = { type: 'invalid_request_error', code, message, param };
  }
}

/** The service's words where they are known (facts: realtime-protocol, section 5). */
export const refuse = {
  activeResponse: (responseId: string) =>
    new RefusedEvent(
      'conversation_already_has_active_response',
      `Conversation already has an active response in progress: ${responseId}. Wait until the response is finished before creating a new one.`,
    ),
  nothingToCancel: () =>
    new RefusedEvent('response_cancel_not_active', 'Cancellation failed: no active response found'),
  bufferTooSmall: (ms: number) =>
    new RefusedEvent(
      'input_audio_buffer_commit_empty',
      `Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has ${ms.toFixed(2)}ms of audio.`,
    ),
  alreadyShorter: (hasMs: number, wantedMs: number) =>
    new RefusedEvent(
      'invalid_value',
      `Audio content of ${hasMs}ms is already shorter than ${wantedMs}ms`,
    ),
  notTruncatable: () =>
    new RefusedEvent(
      'unsupported_content_type',
      'Only model output audio messages can be truncated',
    ),
  // The codes below are assumed; the service's own were never captured.
  duplicateItem: (id: string) =>
    new RefusedEvent(
      'item_create_duplicate_id',
      `Error adding item: an item with id '${id}' already exists.`,
      'item.id',
    ),
  unknownPrevious: (id: string) =>
    new RefusedEvent(
      'item_create_invalid_previous_item_id',
      `Error adding item: the previous item with id '${id}' does not exist.`,
      'previous_item_id',
    ),
  unknownItem: (verb: 'delete' | 'truncate' | 'retrieve', id: string) =>
    new RefusedEvent(
      `item_${verb}_invalid_item_id`,
      `Error in conversation.item.${verb}: the item with id '${id}' does not exist.`,
      'item_id',
    ),
};

/** The service's last words to a client of the retired beta dialect. */
export const betaRetired: ErrorBody = {
  type: 'invalid_request_error',
  code: 'beta_api_shape_disabled',
  message: 'The Realtime Beta API is no longer supported. Please use /v1/realtime for the GA API.',
  param: null,
};

/** What ends every session after an hour. */
export const sessionExpired: ErrorBody = {
  type: 'invalid_request_error',
  code: 'session_expired',
  message: 'Your session hit the maximum duration of 60 minutes.',
  param: null,
};
