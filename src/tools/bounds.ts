import { llm } from '@livekit/agents';
import type { Interview } from '../interview/interview.js';
import type { LiveCall } from '../lifecycle/index.js';

/** Longer than any of our tools takes; the caller hears nothing meanwhile. */
const TOOL_MS = 5_000;

/** A tool, whatever its arguments. */
type AnyTool = NonNullable<ReturnType<llm.ToolContext<Interview>['getFunctionTool']>>;

/**
 * Bounds one tool for one call: it is announced in the journal, may be called `most` times, and may take `ms`. A model that
 * calls it on and on is told no, with what to do instead, and the call goes on.
 */
export function bounded(
  tool: AnyTool,
  call: LiveCall<Interview>,
  { most, ms = TOOL_MS }: { readonly most: number; readonly ms?: number },
): void {
  const execute = tool.execute.bind(tool);
  let calls = 0;
  tool.execute = async (args, options) => {
    calls += 1;
    call.data.journal.append({ type: 'tool-started', name: tool.name });
    if (calls > most) {
      throw new llm.ToolError(
        `You have called ${tool.name} ${most} times, and may not call it again. Go on talking with the candidate, or end the interview.`,
      );
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const error = new llm.ToolError(
        `${tool.name} did not answer in time. Go on without it; you may try once more later.`,
      );
      timer = setTimeout(() => reject(error), ms);
    });
    try {
      const output: unknown = await Promise.race([execute(args, options), late]);
      return output;
    } finally {
      clearTimeout(timer);
    }
  };
}
