import { defineAgent, type AgentDefinition } from '@livekit/agents';
import type { VoiceAgentDefinition } from './definition.js';
import { checkLimits } from './limits.js';
import { startCall } from './start-call.js';

/**
 * The only way in: a description of a voice agent becomes LiveKit's own agent definition, so `cli.runApp` and
 * everything else a LiveKit user knows stays.
 *
 * @throws {CallError} `OUT_OF_RANGE` when a limit lies outside its bounds.
 */
export function defineVoiceAgent<Prewarmed extends object, Data>(
  definition: VoiceAgentDefinition<Prewarmed, Data>,
): AgentDefinition<Prewarmed> {
  checkLimits(definition.limits);
  return defineAgent<Prewarmed>({
    prewarm: (process) => definition.prewarm(process),
    entry: async (ctx) => startCall(definition, ctx),
  });
}
