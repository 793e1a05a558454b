import type { Line } from './transcript.js';

/** How a call ended, or never began, as far as the page itself can tell. */
export type EndedHow = 'left' | 'agent-left' | 'connection-lost' | 'not-joined';

/** What is to be shown of a call. */
export interface CallView {
  readonly phase: 'connecting' | 'waiting' | 'talking' | 'ended';
  /** No agent has come in time. */
  readonly agentIsLate: boolean;
  readonly reconnecting: boolean;
  /** Of the agent's participant, as they were last known. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly lines: readonly Line[];
  readonly ended: EndedHow | null;
}
