import { APIConnectionError, APIError } from '@livekit/agents';
import { ConnectError } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { fromSessionError, fromStartError } from '../../src/lifecycle/session-errors.js';

function realtimeError(error: Error) {
  return {
    type: 'realtime_model_error',
    timestamp: 0,
    label: '',
    error,
    recoverable: false,
  } as const;
}

describe('fromSessionError', () => {
  it.each([
    'insufficient_quota',
    'invalid_api_key',
    'account_deactivated',
    'billing_hard_limit_reached',
  ])('takes the code %s for a refusal', (code) => {
    const error = fromSessionError(realtimeError(new APIError('no', { body: { code } })));
    expect(error).toMatchObject({ code: 'MODEL_REFUSED', fault: 'model' });
  });

  it('takes a refusal by its type when it has no code', () => {
    const body = { code: '', type: 'insufficient_quota' };
    expect(fromSessionError(realtimeError(new APIError('no', { body }))).code).toBe(
      'MODEL_REFUSED',
    );
  });

  it('takes everything else for a failure of the model', () => {
    const lost = new APIConnectionError({ message: 'connection lost' });
    expect(fromSessionError(realtimeError(lost))).toMatchObject({
      code: 'MODEL_FAILED',
      message: 'realtime_model_error: connection lost',
    });
  });

  it('keeps nothing of the error but its text, because it may carry the API key', () => {
    const secret = new APIError('no', { body: { code: 'x', key: 'sk-secret' } });
    expect(JSON.stringify(fromSessionError(realtimeError(secret)))).not.toContain('sk-secret');
  });
});

describe('fromStartError', () => {
  it('takes a room that cannot be joined for LiveKit’s fault, not the application’s', () => {
    expect(fromStartError(new ConnectError('401 Unauthorized'))).toMatchObject({
      code: 'LIVEKIT_FAILED',
      fault: 'livekit',
      message: 'the room could not be joined: 401 Unauthorized',
    });
  });

  it('leaves everything else to whoever gave the code', () => {
    expect(fromStartError(new Error('no plan')).code).toBe('APPLICATION_FAILED');
  });
});
