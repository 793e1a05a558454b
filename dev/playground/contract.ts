import type { Moment } from '../../src/calls/timeline.js';
import type { OfferedCandidate, OfferedInterview } from './offered.js';

/** What the page may offer: the answer of `GET /api/playground`. */
export interface Offer {
  readonly interviews: readonly OfferedInterview[];
  readonly candidates: readonly OfferedCandidate[];
  readonly simulated: boolean;
  /** What a caller may take along. */
  readonly files: readonly ('transcript' | 'report')[];
  /** `simulator`: it can be broken, too. */
  readonly developer: 'none' | 'panel' | 'simulator';
}

/** What the page needs to join a call: the answer of `POST /api/calls` and `POST /api/calls/rejoin`. */
export interface NewCall {
  /** LiveKit's address, as the browser reaches it. */
  readonly url: string;
  /** Lets one caller into one room, for ten minutes. */
  readonly token: string;
  readonly room: string;
  /** Proves to this server whose call it is: with it one comes back, or sends the agent again. */
  readonly pass: string;
}

/** One connection to the simulated model, as the panel shows it. */
export interface ModelSocket {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  readonly openedAt: number | null;
  readonly closedAt: number | null;
  /** HTTP status, when it was refused. */
  readonly refusedWith: number | null;
  readonly closeCode: number | null;
  readonly closedBy: string | null;
}

/** A button that breaks the simulator, and what a caller should see of it. */
export interface FaultButton {
  readonly id: string;
  readonly expect: 'recovers' | 'ends';
}

/** One line of the list of past calls. */
export interface PastCall {
  readonly callId: string;
  readonly status: 'finished' | 'running' | 'unfinished';
  readonly outcome: string | null;
  readonly interview: string | null;
  /** ISO 8601. */
  readonly startedAt: string | null;
  readonly durationMs: number | null;
}

/** Everything that is known of one call. */
export interface PastCallDetails {
  readonly call: PastCall;
  readonly timeline: readonly Moment[];
  readonly latency: Latency | null;
  /** Markdown. */
  readonly transcript: string | null;
  readonly report: string | null;
}

/** What a call's answers took. */
export interface Latency {
  readonly answers: number;
  readonly medianMs: number;
  readonly maxMs: number;
}
