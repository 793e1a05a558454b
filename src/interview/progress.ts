import type { InterviewPlan, PlanQuestion } from './plan.js';

/** What has become of a question. */
export type QuestionState = 'asked' | 'answered' | 'skipped';

/** How far an interview has come. The agent says so itself (`next_question`); nobody else knows what it meant to ask. */
export class PlanProgress {
  readonly questions: readonly PlanQuestion[];
  readonly #states = new Map<string, QuestionState>();
  readonly #changed: (id: string, state: QuestionState) => void;

  /** @param changed told of every change, to be written down */
  constructor(plan: InterviewPlan, changed: (id: string, state: QuestionState) => void) {
    this.questions = plan.sections.flatMap(({ questions }) => questions);
    this.#changed = changed;
  }

  /** The question that is being talked about. */
  get current(): PlanQuestion | undefined {
    return this.questions.find(({ id }) => this.#states.get(id) === 'asked');
  }

  /** Those that were neither asked nor skipped, in their order. */
  get open(): readonly PlanQuestion[] {
    return this.questions.filter(({ id }) => !this.#states.has(id));
  }

  /** Whether a question was put to the candidate. */
  wasAsked(id: string): boolean {
    const state = this.#states.get(id);
    return state === 'asked' || state === 'answered';
  }

  /** Ends what is being talked about, and begins the next question; undefined when there is none. */
  next(wasSkipped = false): PlanQuestion | undefined {
    const { current } = this;
    if (current) {
      this.#set(current.id, wasSkipped ? 'skipped' : 'answered');
    }
    const [next] = this.open;
    if (next) {
      this.#set(next.id, 'asked');
    }
    return next;
  }

  #set(id: string, state: QuestionState): void {
    this.#states.set(id, state);
    this.#changed(id, state);
  }
}
