import type { JournalEntry } from '../records/journal/entry.js';
import { errorWords } from './error-words.js';
import { waitsOf, type Wait } from './waits.js';

/** Something that happened in a call. */
export interface Moment {
  /** ISO 8601. */
  readonly at: string;
  /** Since the first one. */
  readonly afterMs: number;
  /** One word or two: who or what. */
  readonly what: string;
  /** As it stands in the journal: not fit for a terminal. */
  readonly text: string;
  /** How long the caller waited for this, if it is an answer. */
  readonly latencyMs?: number;
  /** How long the caller waited for it from their arrival on, if it is the agent's first word. */
  readonly firstWordMs?: number;
  /** Of a tool that has ended, and of its start: how long it took. */
  readonly tookMs?: number;
}

type Words = { readonly [T in JournalEntry['type']]?: (entry: Of<T>) => string };
type Of<T> = Extract<JournalEntry, { type: T }>;

/** How each kind of entry reads. One that is missing here is shown as it stands in the journal. */
const WORDS: Words = {
  call: ({ room, interview, language }) => `room ${room}, interview ${interview} (${language})`,
  utterance: ({ text, interrupted }) => (interrupted === true ? `${text} [interrupted]` : text),
  tool: ({ name, arguments: args, output, isError }) =>
    `${name}(${args}) ${isError ? 'failed' : 'gave'}: ${output}`,
  state: ({ state, detail }) => (detail === undefined ? state : `${state}: ${detail}`),
  error: (error) => errorWords(error) + (error.recoverable ? ' (the call goes on)' : ''),
  reconnecting: ({ attempt, of, delayMs, cause }) =>
    `attempt ${attempt} of ${of} in ${delayMs} ms, because of ${codeOf(cause)}: ${cause.message}`,
  reconnected: ({ downMs }) => `after ${downMs} ms`,
  'model-renewed': ({ downMs }) => `in ${downMs} ms, as planned`,
  'livekit-back': ({ downMs }) => `after ${downMs} ms`,
  'reply-lost': ({ againInMs, cause }) =>
    `asked for again in ${againInMs} ms, because of ${codeOf(cause)}: ${cause.message}`,
  'tool-started': ({ name }) => name,
  report: () => 'saved by the agent',
  question: ({ id, state }) => `${id}: ${state}`,
  'caller-away': ({ why, graceMs }) => `${why}, waited for ${graceMs} ms`,
  'caller-back': ({ awayMs }) => `after ${awayMs} ms`,
  'caller-nudged': ({ number, of }) => `${number} of ${of}`,
  'caller-typed': () => 'in writing',
  'time-hint': ({ leftMs }) => `${leftMs} ms left`,
  notice: ({ notice, heard }) => `${notice} (heard: ${heard})`,
  outcome: ({ reason, detail }) => (detail === undefined ? reason : `${reason}: ${detail}`),
};

function codeOf({
  code,
  category,
}: {
  readonly code: string;
  readonly category?: string | undefined;
}) {
  return category === undefined ? code : `${code} (${category})`;
}

/**
 * The journal as moments in the order of time. Who is speaking is not a moment of its own; it tells how long the caller
 * waited for each answer: from the end of the caller's speech to the agent's first sound.
 */
export function timeline(entries: readonly JournalEntry[]): Moment[] {
  const { answers, firstWord, tools } = waitsOf(entries);
  const waits = [...answers];
  const firstWords = firstWord === undefined ? [] : [firstWord];
  const timed = entries
    .filter(({ type }) => type !== 'agent-state' && type !== 'user-state')
    .map((entry) => ({ entry, at: entry.type === 'utterance' ? entry.saidAt : entry.at }))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.entry.seq - b.entry.seq);
  const startMs = Date.parse(timed[0]?.at ?? '');
  return timed.map(({ entry, at }) => {
    const latencyMs = isAgents(entry) ? takeWait(waits, Date.parse(at)) : undefined;
    const firstWordMs = isAgents(entry) ? takeWait(firstWords, Date.parse(at)) : undefined;
    const tookMs = tools.get(entry.seq);
    return {
      at,
      afterMs: Date.parse(at) - startMs,
      what: entry.type === 'utterance' ? entry.role : entry.type,
      text: wordsOf(entry),
      ...(latencyMs === undefined ? {} : { latencyMs }),
      ...(firstWordMs === undefined ? {} : { firstWordMs }),
      ...(tookMs === undefined ? {} : { tookMs }),
    };
  });
}

/** What a call's answers took, in milliseconds; nothing when there were none. */
export function latencies(moments: readonly Moment[]) {
  const sorted = moments
    .flatMap(({ latencyMs }) => (latencyMs === undefined ? [] : [latencyMs]))
    .sort((a, b) => a - b);
  const medianMs = sorted[Math.floor(sorted.length / 2)];
  const maxMs = sorted.at(-1);
  return medianMs === undefined || maxMs === undefined
    ? undefined
    : { answers: sorted.length, medianMs, maxMs };
}

/** An utterance and the state that goes with it are told a moment apart. */
const TOGETHER_MS = 2_000;

function takeWait(waits: Wait[], saidAtMs: number): number | undefined {
  const position = waits.findIndex(({ atMs }) => Math.abs(atMs - saidAtMs) <= TOGETHER_MS);
  return position === -1 ? undefined : waits.splice(position, 1)[0]?.latencyMs;
}

/** What every entry has. */
const WRITTEN = ['seq', 'at', 'type'];

function isAgents(entry: JournalEntry): boolean {
  return entry.type === 'utterance' && entry.role === 'agent';
}

function wordsOf<T extends JournalEntry['type']>(entry: Of<T> & { readonly type: T }): string {
  const words: ((entry: Of<T>) => string) | undefined = WORDS[entry.type];
  if (words !== undefined) {
    return words(entry);
  }
  return JSON.stringify(
    Object.fromEntries(Object.entries(entry).filter(([name]) => !WRITTEN.includes(name))),
  );
}
