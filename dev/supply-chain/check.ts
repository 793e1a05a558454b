import type { Machine } from '../stack/livekit/machine.js';

/** What one check has found. */
export type Verdict =
  | { readonly kind: 'passed'; readonly what: string }
  /** It could not look. Says so loudly; it is not the change's fault. */
  | { readonly kind: 'skipped'; readonly why: string }
  | { readonly kind: 'failed'; readonly problems: readonly string[]; readonly remedy: string };

/** Where a check looks, and who wants it to stop. */
export interface CheckContext {
  /** The repository. */
  readonly root: string;
  readonly machine: Machine;
  readonly say: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Looks at what the project is made of. */
export type Check = (context: CheckContext) => Promise<Verdict>;
