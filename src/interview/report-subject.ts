import type { ReportSubject } from '../records/report/subject.js';
import type { InterviewPlan } from './plan.js';

/** What a report on this interview has to speak of. */
export function reportSubject({ title, sections, rubric }: InterviewPlan): ReportSubject {
  return {
    title,
    questions: sections.flatMap(({ questions }) => questions.map(({ id, ask }) => ({ id, ask }))),
    rubric: rubric.map(({ criterion, strong, weak }) => ({
      criterion,
      description: `5: ${strong} 1: ${weak}`,
    })),
  };
}
