import { llm } from '@livekit/agents';
import { z } from 'zod';
import { goodbyeInstructions } from '../interview/instructions.js';
import type { InterviewTool } from './tool.js';

const schema = z.object({});

/**
 * Ends the interview: the model is told how to say goodbye, and when it has, the call ends as `completed`.
 */
export const endInterview: InterviewTool = (call) =>
  llm.tool({
    name: 'end_interview',
    description:
      'Ends the interview for good. Call it once, when the last question is answered or the candidate wants to stop, and before you say goodbye.',
    parameters: schema,
    execute: async () => {
      call.end('completed');
      return goodbyeInstructions(call.data.plan);
    },
  });
