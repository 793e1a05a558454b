/** What happens in a scripted call, as it happens. `atMs` counts from the start of joining. */
export type CallEvent = { readonly atMs: number } & (
  | { readonly type: 'joined'; readonly room: string }
  | { readonly type: 'first-word' }
  | { readonly type: 'greeted'; readonly heardMs: number }
  | { readonly type: 'said'; readonly turn: number; readonly text: string }
  | {
      readonly type: 'replied';
      readonly turn: number;
      readonly heardMs: number;
      readonly replyAfterMs: number | null;
    }
  | { readonly type: 'interrupted'; readonly turn: number; readonly afterMs: number }
  | { readonly type: 'transcript'; readonly speaker: 'agent' | 'caller'; readonly text: string }
  | { readonly type: 'agent-left' }
  | { readonly type: 'outcome'; readonly outcome: string | null }
  | { readonly type: 'problem'; readonly text: string }
);

/** An event without its time, as the places that see one make it. */
export type NewCallEvent = CallEvent extends infer E
  ? E extends CallEvent
    ? Omit<E, 'atMs'>
    : never
  : never;

/** One line for a person. */
export function describeEvent(event: CallEvent): string {
  return `${(event.atMs / 1000).toFixed(2).padStart(7)} s  ${describe(event)}`;
}

function describe(event: CallEvent): string {
  switch (event.type) {
    case 'joined':
      return `joined ${event.room}`;
    case 'first-word':
      return 'first word heard';
    case 'greeted':
      return `greeting heard: ${ms(event.heardMs)} of voice`;
    case 'said':
      return `caller: ${event.text}`;
    case 'replied':
      return event.replyAfterMs === null
        ? `turn ${event.turn}: no reply`
        : `turn ${event.turn}: reply after ${ms(event.replyAfterMs)}, ${ms(event.heardMs)} of voice`;
    case 'interrupted':
      return `turn ${event.turn}: interrupted; the agent was silent after ${ms(event.afterMs)}`;
    case 'transcript':
      return `  ${event.speaker === 'agent' ? 'agent' : 'heard'}: ${event.text}`;
    case 'agent-left':
      return 'the agent left';
    case 'outcome':
      return `outcome: ${event.outcome ?? 'none'}`;
    case 'problem':
      return `problem: ${event.text}`;
  }
}

function ms(duration: number): string {
  return `${Math.round(duration)} ms`;
}
