import { basename } from 'node:path';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { ConfigProblem } from '../config/config-error.js';
import { interviewPlan, type InterviewPlan } from './plan.js';

export type PlanResult =
  { readonly plan: InterviewPlan } | { readonly problems: readonly ConfigProblem[] };

/**
 * Reads one interview. What is wrong with it is told as file and line, the problem, and the fix.
 *
 * @param file its path, for the messages; its name without `.yaml` has to be the interview's id
 */
export function readPlan(file: string, text: string): PlanResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(({ linePos, message }) => ({
        variable: `${file}:${linePos?.[0].line ?? 1}`,
        problem: `is not valid YAML (${message.split('\n')[0] ?? 'unreadable'})`,
        remedy: 'Correct the line; a text with a colon or a hash in it needs quotes around it.',
      })),
    };
  }
  const parsed = interviewPlan.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map((issue) => ({
        variable: `${file}:${lineOf(document, lines, issue.path)}`,
        problem: `${issue.path.join('.') || 'the file'}: ${issue.message}`,
        remedy: remedyFor(issue.code),
      })),
    };
  }
  const expected = basename(file, '.yaml');
  if (parsed.data.id !== expected) {
    return {
      problems: [
        {
          variable: `${file}:${lineOf(document, lines, ['id'])}`,
          problem: `has the id "${parsed.data.id}"`,
          remedy: `Write "id: ${expected}", or rename the file to ${parsed.data.id}.yaml.`,
        },
      ],
    };
  }
  return { plan: parsed.data };
}

/** The line of the nearest thing that exists: a missing field is reported where its parent begins. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown =
      length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) {
      return lines.linePos(start).line;
    }
  }
  return 1;
}

function remedyFor(code: string): string {
  return code === 'unrecognized_keys'
    ? 'Remove it or correct its spelling; src/interview/plan.ts lists the fields there are.'
    : 'Mend it; interviews/hr-screening-en.yaml shows a complete interview.';
}
