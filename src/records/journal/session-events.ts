import type { voice } from '@livekit/agents';
import type { NewEntry } from './entry.js';

type Item = voice.ConversationItemAddedEvent['item'];

/** Longer texts in a tool's entry are cut: get_transcript returns the whole journal, time and again. */
const TOOL_TEXT_MAX = 4_000;

/**
 * A message of the conversation as an utterance. An item without a text is none: a handoff, or speech that
 * was not understood as words.
 *
 * The framework adds the agent's messages when they were played, with the moment of their first sound, and
 * the caller's when their transcript arrives, which may be after the agent's answer, and without such a
 * moment (agents 1.9.0).
 *
 * @param callerSpokeAtMs when the caller last began to speak
 */
export function utteranceEntry(item: Item, callerSpokeAtMs?: number): NewEntry | undefined {
  if (item.type !== 'message' || (item.role !== 'user' && item.role !== 'assistant')) {
    return undefined;
  }
  const text = item.textContent?.trim();
  if (text === undefined || text === '') {
    return undefined;
  }
  const startedMs = item.metrics.startedSpeakingAt;
  const saidAtMs =
    startedMs === undefined
      ? item.role === 'user'
        ? (callerSpokeAtMs ?? item.createdAt)
        : item.createdAt
      : startedMs * 1_000;
  return {
    type: 'utterance',
    role: item.role === 'user' ? 'caller' : 'agent',
    text,
    itemId: item.id,
    saidAt: new Date(saidAtMs).toISOString(),
    ...(item.interrupted ? { interrupted: true } : {}),
  };
}

/** One entry for each tool that ran. LiveKit pairs calls and outputs by their position. */
export function toolEntries(event: voice.FunctionToolsExecutedEvent): NewEntry[] {
  return event.functionCalls.map((call, position) => {
    const output = event.functionCallOutputs[position];
    return {
      type: 'tool',
      name: call.name,
      arguments: cut(call.args),
      output: cut(output?.output ?? ''),
      isError: output?.isError ?? false,
    };
  });
}

function cut(text: string): string {
  return text.length <= TOOL_TEXT_MAX
    ? text
    : `${text.slice(0, TOOL_TEXT_MAX)}… (${text.length} characters)`;
}
