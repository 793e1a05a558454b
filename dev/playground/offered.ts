/** An interview that the page offers. */
export interface OfferedInterview {
  /** As the worker knows it. */
  readonly id: string;
  readonly title: string;
  /** Such as "en": the page speaks it, too, when it can. */
  readonly language: string;
}

/** A candidate whose data the agent knows. */
export interface OfferedCandidate {
  /** As the worker knows them. */
  readonly id: string;
  readonly name: string;
}
