import type { JournalEntry } from '../../src/records/journal/index.js';
import { factsOf, type CallFacts } from '../../src/records/call/call-facts.js';
import type { NewEntry } from '../../src/records/journal/entry.js';
import type { ReportContent } from '../../src/records/report/report.js';
import type { ReportSubject } from '../../src/records/report/subject.js';

const NOON = Date.parse('2026-01-01T12:00:00Z');

export const subject: ReportSubject = {
  title: 'First screening, backend engineer',
  questions: [
    { id: 'problem', ask: 'Please tell me about a difficult technical problem that you solved.' },
    { id: 'production', ask: 'Tell me about a time when something broke in production.' },
    { id: 'team', ask: 'What are you looking for in your next team?' },
  ],
  rubric: [
    { criterion: 'Problem solving', description: 'Finds causes, not symptoms.' },
    { criterion: 'Communication', description: 'Is clear and to the point.' },
  ],
};

export const content: ReportContent = {
  summary:
    'The candidate described how they found a race condition in a payment queue and halved its latency.',
  questions: [
    { id: 'problem', asked: true, note: 'A concrete case with numbers.' },
    { id: 'production', asked: true, note: 'Named the cause and what was changed.' },
  ],
  scores: [
    {
      criterion: 'Problem solving',
      score: 5,
      evidence: ['I measured it first, and found a race in the payment queue.'],
    },
    { criterion: 'Communication', score: 4, evidence: [] },
  ],
  recommendation: 'yes',
};

/** Numbers and dates new entries, a second apart from noon. */
export function entries(...given: readonly NewEntry[]): JournalEntry[] {
  return given.map((entry, index) => ({
    seq: index + 1,
    at: new Date(NOON + index * 1_000).toISOString(),
    ...entry,
  }));
}

export const call = {
  type: 'call',
  callId: 'AJ_1',
  room: 'room-1',
  interview: 'hr-screening-en',
  language: 'en',
  candidateId: 'c-17',
  models: { realtime: 'gpt-realtime-mini', transcription: 'gpt-4o-mini-transcribe' },
} satisfies NewEntry;

let items = 0;
export function said(role: 'agent' | 'caller', text: string): NewEntry {
  items += 1;
  const saidAt = new Date(NOON + items * 1_000).toISOString();
  return { type: 'utterance', role, text, itemId: `item_${items}`, saidAt };
}

export const ended = {
  type: 'outcome',
  callId: 'AJ_1',
  reason: 'completed',
  startedAt: new Date(NOON).toISOString(),
  endedAt: new Date(NOON + 600_000).toISOString(),
  durationMs: 600_000,
  modelConnections: 1,
  usage: [
    {
      type: 'llm_usage',
      inputTokens: 300_000,
      inputTextTokens: 100_000,
      inputCachedTextTokens: 50_000,
      inputAudioTokens: 200_000,
      inputCachedAudioTokens: 100_000,
      outputTokens: 30_000,
      outputTextTokens: 10_000,
      outputAudioTokens: 20_000,
    },
  ],
} satisfies NewEntry;

export const dialogue: readonly NewEntry[] = [
  said('agent', 'Please tell me about a difficult technical problem that you solved.'),
  said('caller', 'I measured it first, and found a race in the payment queue.'),
];

export function facts(...given: readonly NewEntry[]): CallFacts {
  return factsOf('AJ_1', { entries: entries(...given), tornLines: 0 }, '2026-01-01T12:00:00.000Z');
}
