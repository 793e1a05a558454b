import type { CallView } from '../call/view.js';
import type { EndWords, MicrophoneError, Words } from './words.js';

/** What is going on in a call, in one sentence: what matters most comes first. */
export function stateInWords(words: Words, view: CallView): string {
  const { call } = words;
  if (view.reconnecting) {
    return call.reconnecting;
  }
  if (view.phase === 'connecting') {
    return call.connecting;
  }
  return view.phase === 'waiting' ? call.waiting : agentDoes(words, view.attributes);
}

/** What the agent is doing, from its attributes. */
export function agentDoes(
  { call }: Words,
  attributes: Readonly<Record<string, string | undefined>>,
): string {
  const trouble = find(call.troubles, attributes['call.trouble']);
  if (trouble !== undefined) {
    return trouble;
  }
  const state = attributes['call.state'];
  const callState = find(call.states, state);
  const agentState = find(call.agentStates, attributes['lk.agent.state']);
  const conversing = state === undefined || state === 'talking' || state === 'greeting';
  return (conversing ? (agentState ?? callState) : (callState ?? agentState)) ?? call.here;
}

/** What to say of a call's end: the agent's own word for it, or else what the page saw. */
export function endInWords({ end }: Words, view: CallView): EndWords {
  const outcome = find(end.outcomes, view.attributes['call.outcome']);
  return outcome ?? end.how[view.ended ?? 'left'];
}

/** @param error what asking for the microphone threw */
export function microphoneProblem({ microphone }: Words, error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  return microphone.problem[isKnown(name) ? name : 'other'];
}

function isKnown(name: string): name is MicrophoneError {
  return ['NotAllowedError', 'NotFoundError', 'NotReadableError'].includes(name);
}

/** The sentence for a word that somebody else said: it may be one that the page does not know. */
function find<T>(sentences: Readonly<Record<string, T>>, word: string | undefined): T | undefined {
  return word !== undefined && Object.hasOwn(sentences, word) ? sentences[word] : undefined;
}
