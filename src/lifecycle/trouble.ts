import type { CallState } from './call-state.js';
import type { CallError } from './errors.js';
import type { NoticeName } from './notices/notice.js';
import type { Heard } from './notices/notice-player.js';

/** What a page shows of trouble with the model; none of these when there is none. */
export type TroubleWord =
  /** The model's connection is being opened again. */
  | 'reconnecting'
  /** The caller waits for words that do not come. */
  | 'no-reply'
  /** The model is gone for good; the call's outcome says the same. */
  | 'model-unavailable'
  | 'model-refused';

/** The word for a call in this state, or an empty one. */
export function troubleOf(state: CallState, isSilent: boolean): TroubleWord | '' {
  if ('outcome' in state) {
    const { reason } = state.outcome;
    return reason === 'model-unavailable' || reason === 'model-refused' ? reason : '';
  }
  if (state.name === 'recovering') {
    return 'reconnecting';
  }
  return isSilent ? 'no-reply' : '';
}

/** Trouble with the model, as it goes on, for journals, metrics and alarms. None of it holds a secret. */
export type TroubleEvent =
  /** A connection is about to be tried: attempt number `attempt` of `of` in a row, after `delayMs`. */
  | {
      readonly type: 'reconnecting';
      readonly attempt: number;
      readonly of: number;
      readonly delayMs: number;
      readonly cause: CallError;
    }
  /** There is a connection again, `downMs` after the last one was lost. */
  | { readonly type: 'reconnected'; readonly downMs: number }
  /** A reply was refused, failed or lost, and is asked for again after `againInMs`; the caller has not heard it. */
  | { readonly type: 'reply-lost'; readonly againInMs: number; readonly cause: CallError }
  /** A recorded sentence was spoken in place of the model. */
  | { readonly type: 'notice'; readonly notice: NoticeName; readonly heard: Heard };
