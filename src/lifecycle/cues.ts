import type { CallEndReason } from './end-reason.js';

/** Ends that the agent announces itself: nobody else has said anything of them. */
export type AnnouncedEnd = Extract<CallEndReason, 'time-limit' | 'caller-silent'>;

/** Whether the agent says goodbye before a call ends for this reason. */
export function isAnnounced(reason: CallEndReason): reason is AnnouncedEnd {
  return reason === 'time-limit' || reason === 'caller-silent';
}

/**
 * What the agent is told at a call's turning points, in the application's words. Each is asked for when it is needed, so
 * that it can say where the conversation stands. All but `standing` and `timeHint` are instructions for one reply.
 */
export interface Cues<Data> {
  /** Where the conversation stands; told besides, after an interruption. Empty when there is nothing to tell. */
  standing(data: Data): string;
  /** The caller was gone and is back: they have a page without a past, and wait for a word. */
  welcomeBack(data: Data): string;
  /** The caller says nothing; this is the `number`th time of `of`. */
  nudge(data: Data, number: number, of: number): string;
  /** Time is short. Added to the agent's standing instructions; nothing is said because of it. */
  timeHint(data: Data, leftMs: number): string;
  /** The last words of a call that the agent ends. */
  goodbye(data: Data, reason: AnnouncedEnd): string;
}
