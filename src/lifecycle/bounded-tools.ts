import { llm, voice } from '@livekit/agents';
import { withDeadline } from './deadline.js';
import { asCallError, CallError } from './errors.js';

/**
 * How long any tool may take, in milliseconds. A belt for tools that never answer: the agent would stay silent for the
 * rest of the call, and the framework would wait for the tool when the call ends.
 */
export const LONGEST_TOOL_MS = 30_000;

/**
 * Bounds the tools of an agent: one that takes too long is an error that the model is told of, and whatever a tool
 * throws is reported. Neither ends the call.
 */
export function boundTools<Data>(
  agent: voice.Agent<Data>,
  failed: (error: CallError) => void,
): void {
  for (const tool of Object.values(agent.toolCtx.functionTools)) {
    const execute = tool.execute.bind(tool);
    tool.execute = async (args, options) => {
      try {
        const work = async (): Promise<unknown> => execute(args, options);
        return await withDeadline(work(), {
          ms: LONGEST_TOOL_MS,
          what: `the tool '${tool.name}'`,
          fault: 'application',
          remedy: 'Give what the tool waits for a deadline of its own.',
        });
      } catch (error) {
        throw told(error, failed);
      }
    };
  }
}

/** A ToolError is what a tool wants the model to hear, and no failure of the tool. */
function told(error: unknown, failed: (error: CallError) => void): unknown {
  if (error instanceof llm.ToolError || error instanceof voice.StopResponse) {
    return error;
  }
  failed(asCallError(error));
  return error instanceof CallError && error.code === 'DEADLINE_EXCEEDED'
    ? new llm.ToolError('The tool did not answer in time.')
    : error;
}
