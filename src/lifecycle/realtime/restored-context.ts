import { llm } from '@livekit/agents';
import type { ConversationMemory } from './context-restore.js';

/** The connection that the conversation was restored to. */
export interface RestoredTo {
  /** Whether it is still the one connection. */
  isCurrent(): boolean;
  /** What the service has confirmed. */
  known(): readonly llm.ChatItem[];
  /** Tells the service what it has not confirmed. */
  tell(context: llm.ChatContext): Promise<void>;
}

/**
 * Sees to it that a new connection knows the conversation: what it has not confirmed within `withinMs` it is told once
 * more. The next connection, if this one dies, starts again from the memory.
 *
 * @returns what is wrong when that did not help either
 */
export async function checkRestored(
  memory: ConversationMemory,
  connection: RestoredTo,
  withinMs: number,
): Promise<llm.RealtimeError | undefined> {
  await memory.untilConfirmed(withinMs);
  if (memory.isConfirmed || !connection.isCurrent()) {
    return undefined;
  }
  // Rejects after five seconds, and for a conversation that makes no sense; both show in what is confirmed.
  await connection.tell(memory.completing(connection.known())).catch(() => undefined);
  if (!connection.isCurrent()) {
    return undefined;
  }
  const missing = memory.abandon();
  return missing === 0
    ? undefined
    : new llm.RealtimeError(
        `the service did not take back ${missing} items of the conversation after a reconnect`,
      );
}
