/** The call's attributes in plain words. Keys are the lifecycle's own, see src/lifecycle. */

/** By `call.state`; while talking, the agent's own state says more. */
export const CALL_STATES = {
  starting: 'The agent is getting ready …',
  waiting: 'The agent is getting ready …',
  greeting: 'The agent greets you.',
  talking: 'The agent is here.',
  recovering: 'The agent is reconnecting …',
  'wrapping-up': 'The agent is ending the call.',
  closing: 'The call is ending …',
  closed: 'The call has ended.',
};

/** By `call.trouble`; more telling than the state that it comes with. */
export const TROUBLES = {
  reconnecting: 'The agent lost its connection to the model and is reconnecting …',
  'no-reply': 'The model is slow to answer; the agent is waiting for it …',
  'model-unavailable': 'The agent has lost the model for good and is ending the call …',
  'model-refused': 'The model refuses the agent, which is ending the call …',
};

/** By `lk.agent.state`, which the framework publishes. */
export const AGENT_STATES = {
  initializing: 'The agent is getting ready …',
  idle: 'The agent is waiting.',
  listening: 'The agent is listening.',
  thinking: 'The agent is thinking …',
  speaking: 'The agent is speaking.',
};

/** By `call.outcome`. */
export const OUTCOMES = {
  completed: 'The interview is complete. Thank you.',
  'caller-left': 'You left the call.',
  'caller-never-came': 'The agent waited, but nobody joined.',
  'caller-silent': 'The agent heard nothing from you and ended the call.',
  'time-limit': 'The call reached its longest allowed duration.',
  'model-unavailable': 'The language model could not be reached, so the agent ended the call.',
  'model-refused': 'The language model refused the agent: its key, quota or model name is wrong.',
  'livekit-lost': 'The connection to the LiveKit server was lost.',
  'worker-shutdown': 'The agent’s worker was stopped.',
  crashed: 'The agent failed. Its log says why.',
};

/** How a call can end, or never begin, without an outcome. */
const PROBLEMS = {
  'no-agent':
    'No agent has come to the call. Is a worker running, and registered under the agent name that is called?',
  'agent-left': 'The agent left without saying why. Its log says more.',
  'connection-lost': 'The connection to LiveKit was lost.',
};

/**
 * What to say of a call's end: an outcome, or a problem that a new call may mend.
 * @param {'left' | 'no-agent' | 'agent-left' | 'connection-lost'} how
 * @param {string} [outcome] the agent's own word for it
 * @returns {{outcome: string} | {problem: string}}
 */
export function endInWords(how, outcome) {
  if (outcome !== undefined) {
    return { outcome: OUTCOMES[outcome] ?? `The call ended: ${outcome}.` };
  }
  return how === 'left' ? { outcome: OUTCOMES['caller-left'] } : { problem: PROBLEMS[how] };
}

/** What is to be done about a microphone that cannot be used, by the error's name. */
const MICROPHONE_PROBLEMS = {
  NotAllowedError:
    'The browser did not let this page use the microphone. Allow it in the address bar, then try again.',
  NotFoundError: 'No microphone was found. Connect one, then try again.',
  NotReadableError: 'Another program is using the microphone. Close it, then try again.',
};

/** @param {unknown} error what asking for the microphone threw */
export function microphoneProblem(error) {
  const name = error instanceof Error ? error.name : '';
  return MICROPHONE_PROBLEMS[name] ?? `The microphone cannot be used: ${String(error)}`;
}

/**
 * What the agent is doing, from its attributes.
 * @param {Readonly<Record<string, string>>} attributes
 */
export function agentDoes(attributes) {
  const trouble = TROUBLES[attributes['call.trouble']];
  if (trouble !== undefined) {
    return trouble;
  }
  const callState = attributes['call.state'];
  const agentState = AGENT_STATES[attributes['lk.agent.state']];
  if (callState === undefined || callState === 'talking' || callState === 'greeting') {
    return agentState ?? CALL_STATES[callState] ?? 'The agent is here.';
  }
  return CALL_STATES[callState] ?? agentState ?? 'The agent is here.';
}
