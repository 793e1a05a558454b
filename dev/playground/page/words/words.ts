import type { CallEndReason } from '../../../../src/lifecycle/end-reason.js';
import type { CallStateName } from '../../../../src/lifecycle/call-state.js';
import type { TroubleWord } from '../../../../src/lifecycle/trouble.js';
import type { EndedHow } from '../call/view.js';

/** `lk.agent.state`, which the framework publishes. */
export type AgentStateWord = 'initializing' | 'idle' | 'listening' | 'thinking' | 'speaking';
/** Why a microphone cannot be used: the error's name, as browsers have it. */
export type MicrophoneError = 'NotAllowedError' | 'NotFoundError' | 'NotReadableError' | 'other';

/** How a call ended, in a headline and a sentence. */
export interface EndWords {
  readonly title: string;
  readonly text: string;
}

/** Everything the page says, in one language. A word of the lifecycle without a sentence here is a compile error. */
export interface Words {
  readonly title: string;
  readonly lead: string;
  readonly simulated: { readonly title: string; readonly text: string };
  readonly language: string;
  readonly theme: { readonly toDark: string; readonly toLight: string };
  readonly loading: string;
  readonly tryAgain: string;
  readonly access: {
    readonly title: string;
    readonly label: string;
    readonly enter: string;
    readonly wrong: string;
  };
  readonly start: {
    readonly name: string;
    readonly nameHint: string;
    readonly interview: string;
    readonly candidate: string;
    readonly nobody: string;
    readonly join: string;
    readonly inWriting: string;
    readonly joining: string;
    readonly returning: string;
    readonly callOver: string;
    readonly stay: string;
  };
  readonly microphone: {
    readonly title: string;
    readonly test: string;
    readonly stop: string;
    readonly say: string;
    readonly heard: string;
    readonly level: string;
    readonly device: string;
    readonly unnamed: string;
    readonly problem: Readonly<Record<MicrophoneError, string>>;
    readonly orWrite: string;
  };
  readonly call: {
    readonly connecting: string;
    readonly waiting: string;
    readonly here: string;
    readonly reconnecting: string;
    readonly states: Readonly<Record<CallStateName, string>>;
    readonly agentStates: Readonly<Record<AgentStateWord, string>>;
    readonly troubles: Readonly<Record<TroubleWord, string>>;
    readonly mute: string;
    readonly unmute: string;
    readonly muted: string;
    readonly leave: string;
    readonly hear: string;
    readonly silentBrowser: string;
    readonly noAgent: string;
    readonly sendAgain: string;
    readonly settings: string;
    readonly speaker: string;
  };
  readonly transcript: {
    readonly title: string;
    readonly empty: string;
    readonly agent: string;
    readonly you: string;
    readonly typed: string;
    readonly write: string;
    readonly placeholder: string;
    readonly send: string;
    readonly notSent: string;
  };
  readonly end: {
    readonly outcomes: Readonly<Record<CallEndReason, EndWords>>;
    readonly how: Readonly<Record<EndedHow, EndWords>>;
    readonly again: string;
    readonly files: Readonly<Record<'transcript' | 'report', string>>;
    readonly preparing: string;
    readonly noFile: string;
    readonly callId: string;
  };
  readonly errors: { readonly noServer: string; readonly tooMany: string; readonly other: string };
}
