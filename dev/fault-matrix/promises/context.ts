import { z } from 'zod';
import type { Evidence } from '../evidence.js';
import { opened } from './facts.js';

const transcript = z.object({ transcript: z.string() });
const created = z.object({
  item: z.object({
    type: z.string(),
    role: z.string().optional(),
    call_id: z.string().optional(),
    content: z
      .array(z.looseObject({ text: z.string().optional(), transcript: z.string().optional() }))
      .optional(),
  }),
});

/** What the conversation consisted of, in the service's own words: subjects are not asked. */
interface Said {
  readonly caller: string[];
  readonly agent: string[];
  readonly toolResults: string[];
}

/** A second agent that is sent into the room opens a connection of its own, and knows nothing. */
function isNewcomers({ row, faultAt }: Evidence, openedAt: number): boolean {
  const isSent = row.inject.some((one) => one.on === 'livekit' && one.deed === 'dispatch-again');
  return isSent && faultAt !== null && openedAt > faultAt;
}

/**
 * What was said before the last connection, and was not given to it: a model that is asked there no longer knows it. Only
 * what was finished counts; of an answer that was cut, the part that was heard is enough.
 */
export function forgotten(evidence: Evidence): string[] {
  const connections = opened(evidence).filter(({ openedAt }) => !isNewcomers(evidence, openedAt));
  const last = connections.at(-1);
  // One that was never asked for a reply had no time to be told, or no need.
  const answered = connections.findLast(({ events }) => (events.out['response.created'] ?? 0) > 0);
  if (last === undefined || answered === undefined || connections.length < 2 || answered !== last) {
    return [];
  }
  const earlier = new Set(connections.slice(0, -1).map(({ id }) => id));
  const before = saidOn(evidence, earlier);
  const given = givenTo(evidence, last.id);
  // What is said once more was not heard, and need not be remembered as well.
  const again = saidOn(evidence, new Set([last.id]));
  const missing = [
    ...before.caller.filter((text) => !given.caller.includes(text)),
    ...before.agent
      .filter((text) => !again.agent.includes(text))
      .filter(
        (text) => !given.agent.some((one) => one !== '' && text.startsWith(one.slice(0, 12))),
      ),
    ...before.toolResults
      .filter((id) => !given.toolResults.includes(id))
      .map((id) => `the result of ${id}`),
  ];
  return missing.length === 0
    ? []
    : [`the model was not told again: ${[...new Set(missing)].join(' | ')}`];
}

function saidOn({ events }: Evidence, connections: ReadonlySet<string>): Said {
  const said: Said = { caller: [], agent: [], toolResults: [] };
  for (const { connection, direction, type, event } of events) {
    if (!connections.has(connection)) {
      continue;
    }
    if (direction === 'out' && type === 'conversation.item.input_audio_transcription.completed') {
      said.caller.push(transcript.parse(event).transcript);
    } else if (direction === 'out' && type === 'response.output_audio_transcript.done') {
      said.agent.push(transcript.parse(event).transcript);
    } else if (direction === 'in' && type === 'conversation.item.create') {
      said.toolResults.push(...toolResults(event));
    }
  }
  return said;
}

function givenTo({ events }: Evidence, id: string): Said {
  const said: Said = { caller: [], agent: [], toolResults: [] };
  for (const { connection, direction, type, event } of events) {
    if (connection !== id || direction !== 'in' || type !== 'conversation.item.create') {
      continue;
    }
    const item = created.safeParse(event).data?.item;
    const text = (item?.content ?? []).map((part) => part.text ?? part.transcript ?? '').join('');
    if (item?.role === 'user') {
      said.caller.push(text);
    } else if (item?.role === 'assistant') {
      said.agent.push(text);
    }
    said.toolResults.push(...toolResults(event));
  }
  return said;
}

function toolResults(event: unknown): string[] {
  const item = created.safeParse(event).data?.item;
  return item?.type === 'function_call_output' && item.call_id !== undefined ? [item.call_id] : [];
}
