import type { FaultRequest } from '../realtime-simulator/faults/catalogue.js';
import type { CallEndReason } from '../../src/lifecycle/end-reason.js';

export const FAMILIES = [
  'connect',
  'open',
  'running',
  'protocol',
  'service',
  'caller-and-livekit',
  'process',
] as const;
export type Family = (typeof FAMILIES)[number];

/** Where the call stands when the fault comes. */
export type Moment =
  /** Nobody has joined yet, so also the first connection to the model has it. */
  | 'before-join'
  /** The agent has just come into the room, and has said nothing yet. */
  | 'joined'
  /** The greeting is being heard. */
  | 'greeting'
  /** The greeting is over, nobody speaks. */
  | 'idle'
  /** The caller has asked, and the agent's answer is being heard. */
  | 'agent-speaks'
  /** The caller is in mid-sentence. */
  | 'caller-speaks'
  /** The model has called a tool that does not return. */
  | 'tool';

/** One thing that is done to the call. Several are done one after the other. */
export type Injection = { readonly afterMs?: number } & (
  | { readonly on: 'simulator'; readonly request: FaultRequest }
  | { readonly on: 'simulator'; readonly clear: true }
  | {
      readonly on: 'livekit';
      readonly deed:
        'delete-room' | 'remove-agent' | 'kill-server' | 'start-server' | 'dispatch-again';
    }
  | {
      readonly on: 'caller';
      readonly deed: 'leave' | 'return' | 'drop-signal' | 'drop-media';
    }
  | { readonly on: 'worker'; readonly deed: NodeJS.Signals }
  | { readonly on: 'job'; readonly deed: NodeJS.Signals }
  | {
      readonly on: 'job';
      readonly deed: 'throw' | 'throw-often' | 'reject' | 'block';
      readonly ms?: number;
    }
);

/** What the subject is, when it is not the usual worker of the lane. */
export interface Special {
  /** A worker of the row's own, in this mode, since the row ends it or needs another environment. */
  readonly mode?: 'dev' | 'start';
  readonly env?: Readonly<Record<string, string>>;
  /** `OPENAI_BASE_URL`: `{port}` is the simulator's, `{free}` one on which nothing listens. */
  readonly modelUrl?: string;
  /** A LiveKit server of the row's own. */
  readonly livekit?: true;
  /** Faults of test/processes/faulty-agent.mjs: our agent with a fault in the code it was given. No baseline has such code. */
  readonly code?: string;
  /** Records go here instead: a disk that is full. */
  readonly records?: 'unwritable' | 'full';
}

/** What the caller does after the fault. */
export type Course =
  /** Asks so many questions, waits for each answer, hangs up. */
  | {
      readonly kind: 'asks';
      readonly times: number;
      /** How long each answer is waited for. */
      readonly waitMs?: number;
      /** Hears each answer to its end. */
      readonly whole?: true;
    }
  /** Says nothing and waits for the call to end. */
  | { readonly kind: 'waits' }
  /** Does nothing more than the fault had them do, and hangs up. */
  | { readonly kind: 'hangs-up' }
  /** Asks once into the fault, and then waits for the call to end. */
  | { readonly kind: 'asks-and-waits' };

export interface Promised {
  /** How the call ends. */
  readonly outcomes: readonly CallEndReason[];
  /**
   * What the caller hears after the fault: an answer to each question, an answer to the last one, the words that tell them
   * why it is over, or nothing, because nothing and nobody is left to speak.
   */
  readonly hears: 'every-answer' | 'last-answer' | 'notice' | 'nothing';
  /** Connections to the model in all, the first and those that failed included. */
  readonly connections: { readonly least?: number; readonly most: number };
  /** From the fault to the end of the call, when the call ends by it. */
  readonly endsWithinMs?: number;
  /** From the loss of the first connection, as the simulator saw it, to the next one. */
  readonly reconnectsWithinMs?: number;
  /** From the first try to connect to the first word of the greeting. */
  readonly greetsWithinMs?: number;
  /** From the fault to the moment the agent gives up the connection that shows no life. */
  readonly noticesWithinMs?: number;
  /** Words that a planted exception may have in logs; anything else unhandled breaks P3. */
  readonly planted?: true;
  /** The process or its disk is gone: what is on disk must be whole as far as it goes, and no more. */
  readonly records?: 'torn-off' | 'none';
  /** How the job's process ends. Default: by itself, with code 0. */
  readonly exit?: 'killed' | 'with-error';
}

/** One fault, one moment, and what is promised. Plain data. */
export interface Row {
  readonly id: string;
  readonly family: Family;
  /** The fault in words, for a person who reads the table. */
  readonly fault: string;
  readonly when: Moment;
  readonly inject: readonly Injection[];
  readonly special?: Special;
  readonly course: Course;
  readonly promised: Promised;
  /** Runs in `npm test` too. */
  readonly quick?: true;
}

const LIMITS = ['endsWithinMs', 'reconnectsWithinMs', 'greetsWithinMs', 'noticesWithinMs'] as const;

/** The same row, in which everything still has to happen, but may take its time. */
export function withoutLimits(row: Row): Row {
  const limited = LIMITS.filter((limit) => row.promised[limit] !== undefined);
  const unlimited = Object.fromEntries(limited.map((limit) => [limit, Number.POSITIVE_INFINITY]));
  return { ...row, promised: { ...row.promised, ...unlimited } };
}
