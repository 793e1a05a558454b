import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { InterviewTool } from './tool.js';

const schema = z.object({
  skipped: z
    .boolean()
    .describe(
      'True when the question you are at was not answered: passed over, or answered before it was asked.',
    ),
});

/** Goes on in the plan: the question that was talked about is done, and the next one is given out. */
export const nextQuestion: InterviewTool = (call) =>
  llm.tool({
    name: 'next_question',
    description:
      'Gives you the next question of the interview, with its hints, and notes that the one before is done. Call it when your greeting was answered, and each time a question is done.',
    parameters: schema,
    execute: async ({ skipped }) => {
      const { progress } = call.data;
      const next = progress.next(skipped);
      return next === undefined
        ? { left: 0, then: 'There is no question left. Call save_report, and then end_interview.' }
        : { id: next.id, ask: next.ask, hints: next.followUps, left: progress.open.length };
    },
  });
