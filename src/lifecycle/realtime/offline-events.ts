import type { SupervisorState } from './supervisor-state.js';

/**
 * Whether an event of ours may be queued now. Audio of a conversation that is not heard is not played late.
 *
 * @param everOpen whether there was a connection before
 */
export function admits(type: string, state: SupervisorState['name'], everOpen: boolean): boolean {
  switch (state) {
    case 'open':
      return true;
    case 'gave-up':
    case 'closed':
      return false;
    case 'idle':
    case 'connecting':
    case 'waiting':
    case 'lost':
      return !(type.startsWith('input_audio_buffer.') || (everOpen && ABOUT_A_REPLY.has(type)));
  }
}

/** Events that mean nothing to the next connection. */
const ABOUT_A_REPLY: ReadonlySet<string> = new Set([
  'response.create',
  'response.cancel',
  'conversation.item.truncate',
]);
