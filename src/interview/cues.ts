import type { Cues } from '../lifecycle/index.js';
import { goodbyeInstructions, languageName, questionWords } from './instructions.js';
import type { Interview } from './interview.js';

/** What the interviewer is told at the turning points of a call. */
export const cues: Cues<Interview> = {
  standing: ({ progress: { current, open, questions } }) =>
    [
      current === undefined ? '' : `The question you are at is ${questionWords(current)}`,
      open.length === questions.length
        ? ''
        : `Still to be asked: ${open.map(({ id }) => id).join(', ') || 'nothing'}.`,
    ]
      .join('\n')
      .trim(),
  welcomeBack: ({ plan }) =>
    `The candidate's connection was lost and they are back; they have not heard what you said last. Say in ${languageName(plan.language)} ` +
    'and in a few words that you are glad they are back; then repeat your last question, or greet them if you have not asked anything yet.',
  nudge: ({ plan }, number, of) =>
    number < of
      ? `The candidate has said nothing for a while. Ask in ${languageName(plan.language)}, kindly and in one short sentence, whether they are still there; then repeat your last question.`
      : `The candidate still says nothing. Ask once more in ${languageName(plan.language)} whether they can hear you, and say that you will have to end the call otherwise.`,
  timeHint: (_interview, leftMs) =>
    `Time is nearly up: about ${Math.max(1, Math.round(leftMs / 60_000))} minutes are left. Ask at most one more question, and no follow-ups; then call end_interview.`,
  goodbye: ({ plan }, reason) =>
    reason === 'time-limit'
      ? `The time for this interview is over. Say so in one short sentence. ${goodbyeInstructions(plan)}`
      : `The candidate does not answer any more. Say in one short sentence that you end the call for that reason. ${goodbyeInstructions(plan)}`,
};
