import { voice } from '@livekit/agents';
import type { Greeting, LiveCall } from '../lifecycle/index.js';
import { interviewTools } from '../tools/index.js';
import type { Interview } from './interview.js';
import { greetingInstructions, interviewInstructions } from './instructions.js';

/** The agent of one call. */
export function interviewer(call: LiveCall<Interview>): voice.Agent<Interview> {
  return new voice.Agent<Interview>({
    id: call.data.plan.id,
    instructions: interviewInstructions(call.data.plan),
    tools: interviewTools(call),
  });
}

/** The agent's first words, spoken by the model, in the voice of everything that follows. */
export function greeting({ plan }: Interview): Greeting {
  return { instructions: greetingInstructions(plan) };
}
