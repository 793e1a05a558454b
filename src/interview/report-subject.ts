import type { ReportSubject } from '../records/report/subject.js';
import type { InterviewPlan } from './plan.js';

/** What a report on this interview has to speak of. */
export function reportSubject({ title, sections }: InterviewPlan): ReportSubject {
  return {
    title,
    questions: sections.flatMap(({ questions }, section) =>
      questions.map(({ ask }, question) => ({ id: `${section + 1}.${question + 1}`, ask })),
    ),
    rubric: [],
  };
}
