export { defineVoiceAgent, type VoiceAgent } from './define-voice-agent.js';
export { closingMs } from './closing.js';
export { CallError } from './errors.js';
export { CALL_END_REASONS } from './end-reason.js';
export type { CallEvent } from './call-event.js';
export type { AnnouncedEnd, Cues } from './cues.js';
export type { CallState, CallStateName } from './call-state.js';
export type {
  CallInfo,
  CallLimits,
  CallObserver,
  Greeting,
  LiveCall,
  ObserverFactory,
  SessionSettings,
  TalkLimits,
  VoiceAgentDefinition,
} from './definition.js';
export type { CallErrorCode, ErrorFault } from './errors.js';
export type { TroubleEvent } from './trouble.js';
export type { NoticeFiles, NoticeLanguages } from './notices/notice.js';
export type { CallEndReason } from './end-reason.js';
export type { CallOutcome } from './outcome.js';
