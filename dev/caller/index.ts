export { Caller } from './caller.js';
export { disposeCallers, joinAsCaller, type JoinOptions } from './join-as-caller.js';
export { MICROPHONE_SAMPLE_RATE } from './microphone.js';
export type { AttributeChange } from './agent-presence.js';
export type { AgentLeft } from './departure.js';
export type { SpokenLine } from './speech-queue.js';
export type { TranscriptSegment } from './transcripts.js';
export {
  VoiceMeter,
  type VoiceMark,
  type VoiceMeterOptions,
  type VoiceSpan,
} from './voice-meter.js';
export { WaitFailedError } from './waiters.js';
export {
  runScriptedCall,
  type ModelConnections,
  type ScriptedCallOptions,
} from './scripted/run-scripted-call.js';
export type { CallReport, TurnReport } from './scripted/report.js';
export { describeEvent, type CallEvent } from './scripted/timeline.js';
