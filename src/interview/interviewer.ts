import { log, voice } from '@livekit/agents';
import type { Greeting, LiveCall } from '../lifecycle/index.js';
import { interviewTools } from '../tools/index.js';
import type { Interview } from './interview.js';
import { greetingInstructions, interviewInstructions } from './instructions.js';

/** The agent of one call. */
export function interviewer(call: LiveCall<Interview>): voice.Agent<Interview> {
  const { plan, candidate } = call.data;
  const agent = new voice.Agent<Interview>({
    id: plan.id,
    instructions: interviewInstructions(plan, candidate.known),
    tools: interviewTools(call),
  });
  candidate.later
    .then(async (late) => late && agent.updateInstructions(interviewInstructions(plan, late)))
    .catch(() => log().warn({ callId: call.callId }, 'the agent was not told of the candidate'));
  return agent;
}

/** The agent's first words, spoken by the model, in the voice of everything that follows. */
export function greeting({ plan }: Interview): Greeting {
  return { instructions: greetingInstructions(plan) };
}
