import type { JobProcess, voice } from '@livekit/agents';
import type { realtime } from '@livekit/agents-plugin-openai';
import type { CallEvent } from './call-event.js';
import type { CallState } from './call-state.js';
import type { Cues } from './cues.js';
import type { CallError } from './errors.js';
import type { NoticeLanguages } from './notices/notice.js';
import type { CallEndReason } from './end-reason.js';
import type { CallOutcome } from './outcome.js';
import type { ConnectionSettings } from './realtime/connection-settings.js';
import type { TroubleEvent } from './trouble.js';

/** What is known of a call before anything is opened. */
export interface CallInfo<Prewarmed extends object> {
  /** LiveKit's job id. */
  readonly callId: string;
  /** Name of the room. Chosen by whoever dispatched the job: validate before use in a path or a prompt. */
  readonly roomName: string;
  /** The dispatch's metadata, untouched. Readable by the caller, written by whoever dispatched the job. */
  readonly metadata: string;
  /** What `prewarm` left for this process. */
  readonly prewarmed: Prewarmed;
}

/** The session's settings as plain values. The lifecycle alone turns them into live objects. */
export interface SessionSettings {
  /** As the OpenAI plugin takes them, without what the lifecycle decides itself. */
  readonly model: Omit<RealtimeModelOptions, 'connOptions' | 'maxSessionDuration'>;
  /** How long one connection to the model may live before it is opened anew; 60 000 ms at least. */
  readonly maxModelSessionMs: number;
  /** How that connection is opened, watched and opened again, made anew for each call. Default: `connectionSettings()`. */
  readonly connection?: ConnectionSettings;
  /** Everything else AgentSession takes (tts, vad, turn handling …); never a model. Tools belong to the agent. */
  readonly session: Omit<voice.AgentSessionOptions, 'llm' | 'userData' | 'tools'>;
  readonly roomInput?: Partial<voice.RoomInputOptions>;
}

type RealtimeModelOptions = NonNullable<ConstructorParameters<typeof realtime.RealtimeModel>[0]>;

/** The session's events that may be listened to; errors and the close go through the lifecycle. */
export type SessionEvent = Exclude<voice.AgentEvent, { type: 'error' | 'close' }>;

/** What may be done with a running call from outside the lifecycle. No `start`, no `llm`, no sockets. */
export interface LiveCall<Data> {
  readonly callId: string;
  /** The application's own data for this call, made by `VoiceAgentDefinition.data`. */
  readonly data: Data;
  /** Speaks a fixed text with the session's TTS. */
  say(text: string): voice.SpeechHandle;
  /** Lets the model speak, following `instructions` for this one reply. */
  reply(instructions: string): voice.SpeechHandle;
  /**
   * Ends the call for `reason` once the agent has finished what it is saying. Only the first call counts.
   */
  end(reason: CallEndReason, detail?: string): void;
  /** Listens to the session until the call is closed; the lifecycle removes the listener. */
  on<T extends SessionEvent['type']>(
    type: T,
    listener: (event: Extract<SessionEvent, { type: T }>) => void,
  ): void;
}

/** Sees everything of one call and is flushed when it ends. */
export interface CallObserver {
  readonly name: string;
  /** Called once, before the first word is spoken. */
  attach(): void;
  /** After every change of state, in order. */
  onState?(state: CallState): void;
  /** Every error of the call, recovered from or not. */
  onError?(error: CallError, recoverable: boolean): void;
  /** What else happens: the caller goes and comes back, is spoken to when silent, time grows short. */
  onEvent?(event: CallEvent): void;
  /** Trouble with the model that the call may recover from, as it goes on. */
  onTrouble?(event: TroubleEvent): void;
  /**
   * Called once, in list order, on every way out. Must settle before `deadline` aborts; what is not done by then
   * is abandoned and logged.
   */
  flush(outcome: CallOutcome, deadline: AbortSignal): Promise<void>;
}

/** Made anew for each call, so an observer may keep that call's state in plain fields. */
export type ObserverFactory<Data> = (call: LiveCall<Data>) => CallObserver;

/** Bounds of one conversation; the application may set them for each call. */
export interface TalkLimits {
  /** How long the conversation may take, from its first word. */
  readonly maxDurationMs: number;
  /** How long before that end the model is told of it. */
  readonly timeHintMs: number;
  /** How long the caller may say nothing when it is their turn, before they are spoken to. */
  readonly silenceMs: number;
  /** How long a caller who is gone is waited for. 0: not at all. */
  readonly rejoinGraceMs: number;
}

/** Bounds of one call. */
export interface CallLimits extends TalkLimits {
  /** How long the agent waits for somebody to join. */
  readonly callerJoinMs: number;
  /** How long the agent may go on speaking after the end was decided. */
  readonly wrapUpMs: number;
  /** How long neither side may be heard before the call ends; see idle-belt.ts. */
  readonly idleMs: number;
  /** How long each observer may take to flush. */
  readonly flushMs: number;
  /** Resident memory of the call's process, in megabytes, from which on the call is ended as `crashed`. */
  readonly memoryMb: number;
}

/** First words: made by the model by `instructions`, or a fixed `text` spoken by the session's TTS. */
export type Greeting = { readonly instructions: string } | { readonly text: string };

/** A whole voice agent. A missing part is a compile error; the lifecycle decides when each is used. */
export interface VoiceAgentDefinition<Prewarmed extends object, Data> {
  /** Loads what every call of this process needs. Must finish within LiveKit's 10 s, or no call ever starts. */
  prewarm(process: JobProcess<Prewarmed>): Promise<void> | void;
  /** The application's data for one call. Throwing ends the call as `crashed`. */
  data(call: CallInfo<Prewarmed>): Promise<Data> | Data;
  /** The session's settings for one call. */
  settings(data: Data, prewarmed: Prewarmed): SessionSettings;
  agent(call: LiveCall<Data>): voice.Agent<Data>;
  /** The agent's first words. They are made while the room is still being joined, and spoken when the caller is there. */
  greeting(data: Data): Greeting;
  /** What the caller hears when the model cannot speak: clips by language, read when the agent starts. */
  readonly notices: NoticeLanguages;
  /** The language a call is held in, such as "en" or "pt-BR". */
  language(data: Data): string;
  readonly observers: readonly [ObserverFactory<Data>, ...ObserverFactory<Data>[]];
  readonly limits: CallLimits;
  /** Limits of one call that differ from those. Ones outside their bounds are not taken, and reported. */
  talkLimits?(data: Data): Partial<TalkLimits>;
  /** What the agent is told at the call's turning points. */
  readonly cues: Cues<Data>;
  /**
   * Every error of every call, already logged; for an application's own alarm. Without `callId`: the process of no call has
   * failed, before it could carry one; it ends a second later.
   */
  onError(error: CallError, callId: string | undefined): void;
}
