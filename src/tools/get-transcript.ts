import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { Utterance } from '../records/journal/index.js';
import type { InterviewTool } from './tool.js';

/**
 * About an hour of talk. Longer, and the model has less room for the conversation itself; the beginning is
 * left out then.
 */
const TRANSCRIPT_MAX = 40_000;

const schema = z.object({});

/** What was said so far, by both sides, as the journal has it. */
export const getTranscript: InterviewTool = (call) =>
  llm.tool({
    name: 'get_transcript',
    description:
      'Returns what both sides have said so far, one line an utterance, oldest first. Call it when you are not sure what was asked or answered.',
    parameters: schema,
    execute: async () => transcriptOf(call.data.journal.utterances),
  });

/** The most recent utterances that fit, and how many there are in all. */
export function transcriptOf(utterances: readonly Utterance[]): {
  readonly utterances: number;
  readonly transcript: string;
} {
  const lines: string[] = [];
  let room = TRANSCRIPT_MAX;
  for (const { role, text } of utterances.toReversed()) {
    // On one line: what the caller says cannot look like a line of the agent.
    const line = `${role}: ${text.replace(/\s+/g, ' ')}`;
    room -= line.length + 1;
    if (room < 0) {
      lines.push(`(${utterances.length - lines.length} earlier utterances are left out)`);
      break;
    }
    lines.push(line);
  }
  return { utterances: utterances.length, transcript: lines.reverse().join('\n') };
}
