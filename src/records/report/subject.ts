/** What an interview was to find out, as far as a report needs it. */
export interface ReportSubject {
  readonly title: string;
  readonly questions: readonly { readonly id: string; readonly ask: string }[];
  /** What is scored; with none, the report scores nothing. */
  readonly rubric: readonly { readonly criterion: string; readonly description: string }[];
}
