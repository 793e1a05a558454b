import type { AgentPresence } from './agent-presence.js';
import type { VoiceMeter } from './voice-meter.js';
import type { Waiters } from './waiters.js';

/** Published by the framework: initializing, listening, thinking, speaking. */
const AGENT_STATE_ATTRIBUTE = 'lk.agent.state';
/** Longer than a pause between two sentences. */
const DEFAULT_QUIET_MS = 700;

export interface FinishOptions {
  readonly timeoutMs: number;
  /** The silence that shows that the agent has finished. Default 700. */
  readonly quietMs?: number;
}

interface Observed {
  readonly agent: AgentPresence;
  readonly voice: VoiceMeter;
  readonly waiters: Waiters;
}

/**
 * Waits until the agent has said what it had to say: it is silent, and by its own account neither speaking nor
 * thinking. An agent that has left has finished.
 *
 * @throws WaitFailedError
 */
export async function agentFinished(
  { agent, voice, waiters }: Observed,
  { timeoutMs, quietMs = DEFAULT_QUIET_MS }: FinishOptions,
): Promise<void> {
  const deadlineAtMs = performance.now() + timeoutMs;
  const restMs = (): number => Math.max(0, Math.round(deadlineAtMs - performance.now()));
  const state = (): string => agent.attributes[AGENT_STATE_ATTRIBUTE] ?? 'unknown';
  const isBusy = (): boolean =>
    agent.gone === undefined && ['speaking', 'thinking'].includes(state());
  do {
    await waiters.until(() => (isBusy() ? undefined : true), {
      timeoutMs: restMs(),
      awaited: 'the agent to finish',
      seen: () => `it is ${state()}, and silent for ${Math.round(voice.quietMs)} ms`,
    });
    await voice.waitForQuiet({ quietMs, timeoutMs: restMs() });
  } while (isBusy());
}
