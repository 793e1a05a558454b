import { llm } from '@livekit/agents';
import { expect, test } from 'vitest';
import { readJournal } from '../../src/records/journal/index.js';
import { fakeCall } from '../interview/fake-call.js';
import { runTool } from './run-tool.js';

const report = {
  summary: 'Sam builds queues.',
  questions: [{ id: 'hard-problem', asked: true, note: 'An outbox.' }],
  scores: [{ criterion: 'Problem solving', score: 4, evidence: ['I moved them'] }],
  recommendation: 'yes',
};

async function saved(args: object, progressed = 0) {
  const call = await fakeCall();
  for (let n = 0; n < progressed; n += 1) {
    call.data.progress.next();
  }
  const told = await runTool(call, 'save_report', args).catch((error: unknown) => error);
  await call.data.journal.close();
  const { entries } = await readJournal(call.data.journal.file);
  return {
    told,
    reports: entries.flatMap((entry) => (entry.type === 'report' ? [entry.report] : [])),
  };
}

test('a report is in the journal, with every question of the plan, asked or not', async () => {
  const { reports } = await saved(report, 2);
  expect(reports).toMatchObject([
    {
      summary: 'Sam builds queues.',
      questions: [
        { id: 'hard-problem', asked: true, note: 'An outbox.' },
        { id: 'incident', asked: true, note: '' },
        { id: 'disagreement', asked: false, note: '' },
        { id: 'next-team', asked: false, note: '' },
      ],
    },
  ]);
});

test.each([
  ['an empty summary', { ...report, summary: ' ' }, 'summary'],
  [
    'a score that is none',
    { ...report, scores: [{ ...report.scores[0], score: 11 }] },
    'scores.0.score',
  ],
  [
    'an unknown criterion',
    { ...report, scores: [{ ...report.scores[0], criterion: 'Looks' }] },
    'Problem solving, Responsibility',
  ],
  [
    'an unknown question',
    { ...report, questions: [{ ...report.questions[0], id: 'q9' }] },
    'hard-problem, incident',
  ],
  ['a criterion twice', { ...report, scores: [report.scores[0], report.scores[0]] }, 'twice'],
])('%s is refused, with what to correct', async (_what, args, words) => {
  const { told, reports } = await saved(args);
  expect(told).toBeInstanceOf(llm.ToolError);
  expect(String(told)).toContain(words);
  expect(reports).toEqual([]);
});
