import type { llm } from '@livekit/agents';
import type { Interview } from '../interview/interview.js';
import type { LiveCall } from '../lifecycle/index.js';

/** Makes one tool for one call. */
export type InterviewTool = (call: LiveCall<Interview>) => llm.ToolContextEntry<Interview>;
