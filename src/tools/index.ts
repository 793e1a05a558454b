import type { llm } from '@livekit/agents';
import type { Interview } from '../interview/interview.js';
import type { LiveCall } from '../lifecycle/index.js';
import { endInterview } from './end-interview.js';
import { getTranscript } from './get-transcript.js';
import type { InterviewTool } from './tool.js';

/** The tools the model sees. */
const TOOLS: readonly InterviewTool[] = [getTranscript, endInterview];

/**
 * Makes the tools for one call.
 *
 * @throws Error when two have the same name: the model could call only one of them.
 */
export function interviewTools(
  call: LiveCall<Interview>,
  tools: readonly InterviewTool[] = TOOLS,
): llm.ToolContextEntry<Interview>[] {
  const made = tools.map((tool) => tool(call));
  const names = made.map(({ id }) => id);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) {
    throw new Error(`Two tools are named "${twice}"; rename one of them in src/tools.`);
  }
  return made;
}
