import type { Utterance } from '../journal/index.js';

/** What an interview was to find out, as far as a report needs it. */
export interface ReportSubject {
  readonly title: string;
  readonly questions: readonly { readonly id: string; readonly ask: string }[];
  /** What is scored; with none, the report scores nothing. */
  readonly rubric: readonly { readonly criterion: string; readonly description: string }[];
}

/** Share of a question's words that one sentence of the agent has to have for it to count as asked. */
const ENOUGH = 0.7;

/** Ids of the questions that were asked, as far as the agent's words show: it puts them in its own words. */
export function askedQuestions(
  { questions }: ReportSubject,
  utterances: readonly Utterance[],
): ReadonlySet<string> {
  const said = utterances.filter(({ role }) => role === 'agent').map(({ text }) => wordsOf(text));
  return new Set(
    questions
      .filter(({ ask }) => {
        const words = [...wordsOf(ask)];
        return said.some(
          (all) => words.filter((word) => all.has(word)).length >= words.length * ENOUGH,
        );
      })
      .map(({ id }) => id),
  );
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}
