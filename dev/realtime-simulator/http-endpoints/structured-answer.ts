import { z } from 'zod';
import type { chatMessage } from './chat-script.js';

/** How a request asks for an answer of a given shape. */
export const responseFormat = z.union([
  z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({ name: z.string(), strict: z.boolean().nullish(), schema: z.unknown() }),
  }),
  z.object({ type: z.enum(['text', 'json_object']) }),
]);

/** What src/records/report asks with. */
const interviewMaterial = z.object({
  interview: z.object({
    questions: z.array(z.object({ id: z.string(), ask: z.string() })),
    rubric: z.array(z.object({ criterion: z.string() })),
  }),
  transcript: z.array(
    z.object({ candidate: z.string().optional(), interviewer: z.string().optional() }),
  ),
});

/** The one shape the simulator can fill: the report of an interview. It judges nothing, and says so. */
export function structuredAnswer(
  format: z.output<typeof responseFormat> | null | undefined,
  messages: readonly z.output<typeof chatMessage>[],
): string | undefined {
  if (format?.type !== 'json_schema' || format.json_schema.name !== 'interview_report') {
    return undefined;
  }
  const content = messages.findLast(({ role }) => role === 'user')?.content;
  const { interview, transcript } = interviewMaterial.parse(
    JSON.parse(typeof content === 'string' ? content : '{}'),
  );
  const answers = transcript.flatMap(({ candidate }) => candidate ?? []);
  const asked = transcript.flatMap(({ interviewer }) => interviewer ?? []).join(' ');
  return JSON.stringify({
    summary: `SIMULATOR: no model has read this interview. The candidate answered ${answers.length} times.`,
    questions: interview.questions.map(({ id, ask }) => ({
      id,
      asked: asked.includes(ask),
      note: asked.includes(ask) ? 'SIMULATOR: no judgement.' : '',
    })),
    scores: interview.rubric.map(({ criterion }) => ({
      criterion,
      score: 3,
      evidence: answers.slice(0, 1),
    })),
    recommendation: 'undecided',
  });
}
