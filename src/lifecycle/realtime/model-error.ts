import type { llm } from '@livekit/agents';

/** An error as the framework's sessions tell it. */
export function modelError(
  label: string,
  error: Error,
  recoverable: boolean,
): llm.RealtimeModelError {
  return { type: 'realtime_model_error', timestamp: Date.now(), label, error, recoverable };
}

/** What an `error` event of the plugin says. */
export function readModelError(event: unknown): { error: Error; recoverable: boolean } {
  const is = typeof event === 'object' && event !== null;
  const error = is && 'error' in event && event.error instanceof Error ? event.error : undefined;
  return {
    error: error ?? new Error('an error without a description'),
    recoverable: is && 'recoverable' in event && event.recoverable === true,
  };
}
