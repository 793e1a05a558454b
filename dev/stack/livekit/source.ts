import type { Machine } from './machine.js';

/**
 * The version that is built or pulled. Newer tags carry replace directives in their go.mod, which
 * `go install` refuses; raise this only with one that installs.
 */
export const LIVEKIT_VERSION = 'v1.13.5';

/** Where a LiveKit server comes from. */
export type LiveKitSource =
  | {
      readonly kind: 'running';
      readonly url: string;
      readonly apiKey: string;
      readonly apiSecret: string;
    }
  | { readonly kind: 'binary'; readonly path: string; readonly from: string }
  | { readonly kind: 'docker'; readonly image: string };

/** What one way of getting a server answers: here it is, or why not. */
export type Answer = { readonly source: LiveKitSource } | { readonly missing: string };

/** What a way of getting a server may use. */
export interface ResolveContext {
  readonly machine: Machine;
  readonly onProgress: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** One way of getting a LiveKit server. */
export interface LiveKitResolver {
  /** How the error that lists every way calls it. */
  readonly name: string;
  /** What a person does to make this way work: one sentence. */
  readonly remedy: string;
  /** Throws when somebody asked for this way by name and it cannot work. */
  find(context: ResolveContext): Promise<Answer>;
}
