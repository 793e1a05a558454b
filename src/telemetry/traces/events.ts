import type { CountedEntry } from '../metrics/message.js';
import type { TraceAttributes } from './attributes.js';

/** Something that has a moment and no duration, as it stands in a trace. */
export interface TraceEvent {
  readonly name: string;
  readonly attributes: TraceAttributes;
}

/** The event that an entry of the journal is, if it is one. Of errors, codes only: their words may be somebody's. */
export function eventOf(entry: CountedEntry): TraceEvent | undefined {
  switch (entry.type) {
    case 'error':
      return event('error', {
        'error.type': entry.code,
        'error.fault': entry.fault,
        'error.category': entry.category,
        'error.recoverable': entry.recoverable,
      });
    case 'reconnecting':
      return event('attempt', {
        'model.attempt': entry.attempt,
        'model.attempts_at_most': entry.of,
        'model.delay_ms': entry.delayMs,
        'error.type': entry.cause.code,
        'error.category': entry.cause.category,
      });
    case 'reply-lost':
      return event('reply lost', {
        'model.delay_ms': entry.againInMs,
        'error.type': entry.cause.code,
        'error.category': entry.cause.category,
      });
    case 'model-renewed':
      return event('model renewed', { 'model.down_ms': entry.downMs });
    case 'notice':
      return event('notice', { 'notice.name': entry.notice, 'notice.heard': entry.heard });
    case 'question':
      return event('question', { 'question.id': entry.id, 'question.state': entry.state });
    case 'caller-away':
      return event('caller away', { 'caller.why': entry.why });
    case 'caller-back':
      return event('caller back', { 'caller.away_ms': entry.awayMs });
    case 'caller-nudged':
      return event('caller nudged', { 'caller.nudge': entry.number });
    case 'caller-typed':
      return event('caller typed', {});
    case 'time-hint':
      return event('time hint', { 'time.left_ms': entry.leftMs });
    case 'livekit-back':
      return event('livekit back', { 'livekit.down_ms': entry.downMs });
    case 'state':
    case 'agent-state':
    case 'user-state':
    case 'tool-started':
    case 'tool':
    case 'reconnected':
    case 'outcome':
      return undefined;
  }
}

function event(name: string, attributes: TraceAttributes): TraceEvent {
  return { name, attributes };
}
