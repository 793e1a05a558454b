import { APIError, type voice } from '@livekit/agents';
import { ConnectError } from '@livekit/rtc-node';
import { asCallError, CallError } from './errors.js';
import { ConnectionError, GaveUpError } from './realtime/connection-error.js';

/**
 * Codes with which the service refuses us for good: no reconnect helps. The plugin reports them as not recoverable
 * (realtime-protocol facts, 2).
 */
const REFUSALS: ReadonlySet<unknown> = new Set([
  'insufficient_quota',
  'invalid_api_key',
  'account_deactivated',
  'billing_hard_limit_reached',
]);

type SessionError = voice.ErrorEvent['error'];

/**
 * A session's error as one of ours. Only its texts are taken: the event around it carries the model, and the model
 * carries the API key (realtime-faults facts, U10).
 */
export function fromSessionError(error: SessionError): CallError {
  const cause = error instanceof Error ? error : error.error;
  if (cause instanceof GaveUpError || cause instanceof ConnectionError) {
    return fromConnectionError(cause);
  }
  const message = `${error.type}: ${cause.message}`;
  if (isRefusal(cause)) {
    return new CallError(message, {
      code: 'MODEL_REFUSED',
      fault: 'model',
      remedy: "Check the API key, the account's quota and its billing.",
    });
  }
  return new CallError(message, {
    code: 'MODEL_FAILED',
    fault: 'model',
    remedy: "Check the model service's status, and that the worker reaches it.",
  });
}

/** What starting a session threw: a room that could not be joined is nobody's code. */
export function fromStartError(error: unknown): CallError {
  if (!(error instanceof ConnectError)) {
    return asCallError(error);
  }
  return new CallError(`the room could not be joined: ${error.message}`, {
    code: 'LIVEKIT_FAILED',
    fault: 'livekit',
    remedy: 'Check that the worker reaches the LiveKit server, and that both have the same key.',
  });
}

/** Trouble with the model's connection, with its category. */
export function fromConnectionError(error: GaveUpError | ConnectionError): CallError {
  const refused = error instanceof GaveUpError ? error.refused : error.fatal;
  const { message, category } = error;
  return new CallError(message, {
    code: refused ? 'MODEL_REFUSED' : 'MODEL_FAILED',
    fault: 'model',
    remedy: refused
      ? "Check the API key, the account's quota and its billing, and the model's name."
      : "Check the model service's status, and that the worker reaches it.",
    category,
  });
}

function isRefusal(error: Error): boolean {
  if (!(error instanceof APIError) || error.body === null) {
    return false;
  }
  const body = error.body;
  const code = 'code' in body && body.code ? body.code : 'type' in body && body.type;
  return REFUSALS.has(code);
}
