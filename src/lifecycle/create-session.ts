import { voice } from '@livekit/agents';
import type { SessionSettings } from './definition.js';
import type { GuardedRealtimeModel } from './realtime/guarded-model.js';
import { shutSessionChannel } from './session-channel.js';

/** The only place that makes an AgentSession: one per job, on the guarded model. */
export function createSession<Data>(
  settings: SessionSettings,
  model: GuardedRealtimeModel,
  data: Data,
): voice.AgentSession<Data> {
  shutSessionChannel();
  return new voice.AgentSession<Data>({ ...settings.session, llm: model, userData: data });
}
