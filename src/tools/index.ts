import { llm } from '@livekit/agents';
import type { Interview } from '../interview/interview.js';
import type { LiveCall } from '../lifecycle/index.js';
import { bounded } from './bounds.js';
import { endInterview } from './end-interview.js';
import { getTranscript } from './get-transcript.js';
import { nextQuestion } from './next-question.js';
import { saveReport } from './save-report.js';
import type { InterviewTool } from './tool.js';

/** A tool, and how often it may be called in one interview. */
export interface ListedTool {
  readonly make: InterviewTool;
  readonly most: number;
}

/** The tools the model sees. */
const TOOLS: readonly ListedTool[] = [
  { make: nextQuestion, most: 100 },
  { make: getTranscript, most: 10 },
  { make: saveReport, most: 5 },
  { make: endInterview, most: 3 },
];

/**
 * Makes the tools for one call.
 *
 * @throws Error when two have the same name: the model could call only one of them.
 */
export function interviewTools(
  call: LiveCall<Interview>,
  tools: readonly ListedTool[] = TOOLS,
): llm.ToolContextEntry<Interview>[] {
  const made = tools.map(({ make }) => make(call));
  const names = made.map(({ id }) => id);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) {
    throw new Error(`Two tools are named "${twice}"; rename one of them in src/tools.`);
  }
  const context = new llm.ToolContext<Interview>(made);
  names.forEach((name, position) => {
    const [tool, listed] = [context.getFunctionTool(name), tools[position]];
    if (tool !== undefined && listed !== undefined) {
      bounded(tool, call, listed);
    }
  });
  return made;
}
