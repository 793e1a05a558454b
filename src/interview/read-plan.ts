import { basename } from 'node:path';
import { isNode, LineCounter, parseDocument, visit, type Document, type YAMLError } from 'yaml';
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
  // A warning is a text that begins with "!", and would lose its first word.
  const mistakes = [...document.errors, ...document.warnings, ...references(document, lines)];
  if (mistakes.length > 0) {
    return {
      problems: mistakes.map(({ linePos, message }) => ({
        variable: `${file}:${linePos?.[0].line ?? 1}`,
        problem: `is not valid YAML (${message.split('\n')[0] ?? 'unreadable'})`,
        remedy: 'Correct the line; a text with one of : # * & ! in it needs quotes around it.',
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

/** A text that begins with "&" names itself, one with "*" refers to another: neither was meant, and words are lost. */
function references(document: Document, lines: LineCounter) {
  const found: Pick<YAMLError, 'message' | 'linePos'>[] = [];
  const add = (message: string, offset = 0) => {
    found.push({ message, linePos: [lines.linePos(offset)] });
  };
  visit(document, {
    Alias: (_key, { source, range }) => add(`"*${source}" refers to another text`, range?.[0]),
    Value: (_key, { anchor, range }) => {
      if (anchor !== undefined) {
        add(`"&${anchor}" is taken for a name`, range?.[0]);
      }
    },
  });
  return found;
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
