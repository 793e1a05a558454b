import { voice } from '@livekit/agents';
import type { CallLifecycle } from './call-lifecycle.js';
import { reasonFor } from './errors.js';
import { GaveUpError } from './realtime/connection-error.js';
import { fromSessionError } from './session-errors.js';

/**
 * Tells the lifecycle of the session's errors and of its end.
 *
 * @param closed called when the session has closed
 */
export function listenToSession<Data>(
  session: Pick<voice.AgentSession<Data>, 'on'>,
  lifecycle: Pick<CallLifecycle, 'end' | 'report'>,
  closed: () => void,
): void {
  session.on(voice.AgentSessionEventTypes.Error, (event) => {
    if (isAlreadyReported(event)) {
      return;
    }
    const { error } = event;
    lifecycle.report(fromSessionError(error), error.recoverable || isTolerated(event));
  });
  session.on(voice.AgentSessionEventTypes.Close, (event) => {
    lifecycle.end(...endOf(event));
    closed();
  });
}

/** AgentSession lives through three failures of TTS before it closes itself; only then is the call over. */
function isTolerated({ error }: voice.ErrorEvent): boolean {
  return error.type !== 'realtime_model_error';
}

/** The supervisor tells the lifecycle itself, before AgentSession may even listen (realtime-faults facts, U8). */
function isAlreadyReported({ error }: voice.ErrorEvent): boolean {
  return error.type === 'realtime_model_error' && error.error instanceof GaveUpError;
}

/** What it means for the call that AgentSession has closed. Does nothing when the call decided so itself. */
function endOf(event: voice.CloseEvent): Parameters<CallLifecycle['end']> {
  if (event.error) {
    const error = fromSessionError(event.error);
    return [reasonFor(error), event.error.type, error];
  }
  return ['worker-shutdown', `the session was closed: ${event.reason}`];
}
