import { defineAgent, log, type AgentDefinition, type JobProcess } from '@livekit/agents';
import { closingMs } from './closing.js';
import type { VoiceAgentDefinition } from './definition.js';
import { JobGuard } from './job-guard.js';
import { checkLimits } from './limits.js';
import { readNotices } from './notices/notice.js';
import { startCall } from './start-call.js';

/** LiveKit's agent definition, and what the worker has to know of it. */
export interface VoiceAgent<Prewarmed extends object> extends AgentDefinition<Prewarmed> {
  /** How long a call may take from its end to the end of its process, in milliseconds. */
  readonly closingMs: number;
}

/**
 * The only way in: a description of a voice agent becomes LiveKit's own agent definition, so `cli.runApp` and
 * everything else a LiveKit user knows stays.
 *
 * @throws {CallError} `OUT_OF_RANGE` when a limit lies outside its bounds, `UNREADABLE_CLIP` for a clip that cannot be played.
 */
export function defineVoiceAgent<Prewarmed extends object, Data>(
  definition: VoiceAgentDefinition<Prewarmed, Data>,
): VoiceAgent<Prewarmed> {
  checkLimits(definition.limits);
  const notices = readNotices(definition.notices);
  const { limits, observers } = definition;
  let guard: JobGuard | undefined;
  const guarded = (): JobGuard =>
    (guard ??= new JobGuard({
      memoryLimitMb: limits.memoryMb,
      log,
      idleFailed: (error) => definition.onError(error, undefined),
    }));
  const agent = defineAgent<Prewarmed>({
    prewarm: (process) => prewarm(definition, guarded(), process),
    entry: async (ctx) => startCall(definition, ctx, guarded(), notices),
  });
  return Object.assign(agent, { closingMs: closingMs(observers.length, limits) });
}

/** The framework would log what `prewarm` throws at debug, and give the process up 10 s later. */
async function prewarm<Prewarmed extends object, Data>(
  definition: VoiceAgentDefinition<Prewarmed, Data>,
  guard: JobGuard,
  process: JobProcess<Prewarmed>,
): Promise<void> {
  try {
    await definition.prewarm(process);
  } catch (error) {
    guard.failIdle(error, 'prewarm failed; no call can start in this process');
    // Until then the framework must not take it for one that is ready.
    await new Promise<never>(() => undefined);
  }
}
