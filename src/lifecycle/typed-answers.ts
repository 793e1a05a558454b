import type { CallLifecycle } from './call-lifecycle.js';
import type { CallRoom } from './call-room.js';
import type { CallStateName } from './call-state.js';
import type { CallerExperience } from './caller-experience.js';

/** More is cut off: it is an answer, not a document. */
const LONGEST = 2_000;
/** States in which an answer is taken; in the others nobody would answer it. */
const ANSWERED: ReadonlySet<CallStateName> = new Set(['greeting', 'talking', 'recovering']);

interface Listeners {
  readonly call: { answer(text: string): unknown };
  readonly lifecycle: Pick<CallLifecycle, 'happened'> & {
    readonly state: { readonly name: CallStateName };
  };
  readonly room: Pick<CallRoom, 'callerWrote'>;
  readonly experience: Pick<CallerExperience, 'callerWrote'>;
}

/**
 * What the caller types (topic `lk.chat`) counts as said: it interrupts the agent, is answered, and shows that somebody is
 * there. Only what the caller of this call sends comes here.
 */
export function typedAnswers({ call, lifecycle, room, experience }: Listeners) {
  return (_session: unknown, { text }: { readonly text: string }): void => {
    const answer = text.trim().slice(0, LONGEST);
    if (answer !== '' && ANSWERED.has(lifecycle.state.name)) {
      room.callerWrote();
      experience.callerWrote();
      lifecycle.happened({ type: 'caller-typed' });
      call.answer(answer);
    }
  };
}
