import type { CallFacts } from '../call/call-facts.js';
import { labelsFor, type Labels } from './labels.js';
import type { Report } from './report.js';
import type { ReportSubject } from './subject.js';

/** One piece of a report, before anybody has decided how it looks. All texts are as they were written: unsafe. */
export type Block =
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, string])[] }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'verdict'; readonly label: string; readonly text: string }
  | { readonly kind: 'scores'; readonly head: ScoreHead; readonly rows: readonly ScoreRow[] }
  | {
      readonly kind: 'question';
      readonly ask: string;
      readonly asked: boolean;
      readonly note: string;
    }
  | { readonly kind: 'said'; readonly speaker: string; readonly at: string; readonly text: string };

export interface ScoreHead {
  readonly criterion: string;
  readonly score: string;
  readonly evidence: string;
}
export type ScoreRow = Report['scores'][number];

/** A report, to be written as Markdown or drawn as pages. */
export interface Document {
  readonly title: string;
  /** Such as "en". */
  readonly language: string;
  readonly labels: Labels;
  readonly blocks: readonly Block[];
}

/** Puts a report together: what it is about, what it says, and, when it says nothing, what was said. */
export function reportDocument(
  report: Report,
  facts: CallFacts,
  subject: ReportSubject | undefined,
): Document {
  const labels = labelsFor(facts.language);
  const asks = new Map(subject?.questions.map(({ id, ask }) => [id, ask]));
  const blocks: Block[] = [
    { kind: 'facts', rows: factRows(facts, subject, labels) },
    ...notes(report, labels).map((text): Block => ({ kind: 'note', text })),
  ];
  if (report.source === 'transcript-only') {
    blocks.push({ kind: 'heading', text: labels.transcript }, ...said(facts, labels));
    return { title: labels.report, language: facts.language, labels, blocks };
  }
  blocks.push(
    {
      kind: 'verdict',
      label: labels.recommendation,
      text: labels.recommendations[report.recommendation],
    },
    { kind: 'heading', text: labels.summary },
    { kind: 'paragraph', text: report.summary },
  );
  if (report.scores.length > 0) {
    const { criterion, score, evidence } = labels;
    blocks.push(
      { kind: 'heading', text: labels.scores },
      { kind: 'scores', head: { criterion, score, evidence }, rows: report.scores },
    );
  }
  if (report.questions.length > 0) {
    blocks.push({ kind: 'heading', text: labels.questions });
    for (const { id, asked, note } of report.questions) {
      blocks.push({
        kind: 'question',
        ask: asks.get(id) ?? id,
        asked,
        note: asked ? note : [labels.notAsked, note].filter(Boolean).join(' '),
      });
    }
  }
  return { title: labels.report, language: facts.language, labels, blocks };
}

function factRows(
  facts: CallFacts,
  subject: ReportSubject | undefined,
  labels: Labels,
): [string, string][] {
  const { candidateId, startedAt, endedAt, outcome, callId } = facts;
  const minutes = Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 60_000);
  return [
    [labels.interview, subject?.title ?? facts.interview],
    ...(candidateId === undefined
      ? []
      : [[labels.candidate, candidateId] satisfies [string, string]]),
    [labels.date, startedAt.slice(0, 16).replace('T', ' ')],
    [labels.duration, `${Number.isFinite(minutes) ? Math.max(0, minutes) : '?'} min`],
    [labels.outcome, outcome?.reason ?? 'crashed'],
    [labels.call, callId],
  ];
}

function notes({ source, partial }: Report, labels: Labels): string[] {
  return [
    ...(source === 'transcript-only' ? [labels.transcriptOnly] : []),
    ...(source === 'after-call' ? [labels.late] : []),
    ...(partial ? [labels.partial] : []),
  ];
}

function said({ utterances }: CallFacts, { speakers }: Labels): Block[] {
  return utterances.map(({ role, saidAt, text }) => ({
    kind: 'said',
    speaker: speakers[role],
    at: /T(\d\d:\d\d:\d\d)/.exec(saidAt)?.[1] ?? '',
    text,
  }));
}
