import { llm } from '@livekit/agents';
import type { Interview } from '../../src/interview/interview.js';
import type { LiveCall } from '../../src/lifecycle/index.js';
import { interviewTools } from '../../src/tools/index.js';

/**
 * Runs a tool of the list, as the model would, and gives back what the model is told. The framework's context
 * is not passed: a tool of ours has its call, and must not reach past it.
 */
export async function runTool(
  call: LiveCall<Interview>,
  name: string,
  args: object = {},
): Promise<unknown> {
  const tool = new llm.ToolContext<Interview>(interviewTools(call)).getFunctionTool(name);
  if (tool === undefined) {
    throw new Error(`There is no tool ${name}.`);
  }
  const output: unknown = await Reflect.apply(tool.execute, undefined, [args]);
  return output;
}
