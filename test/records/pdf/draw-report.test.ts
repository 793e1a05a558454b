import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { drawReport } from '../../../src/records/pdf/draw-report.js';
import { reportDocument } from '../../../src/records/report/document.js';
import type { NewEntry } from '../../../src/records/journal/entry.js';
import type { Report } from '../../../src/records/report/report.js';
import * as sample from '../sample-call.js';

const made: Report = {
  ...sample.content,
  questions: [...sample.content.questions, { id: 'team', asked: false, note: '' }],
  source: 'agent',
  late: false,
  partial: false,
  madeAt: '2026-01-01T12:10:00.000Z',
};
const never = new AbortController().signal;

/** What a reader of PDF files finds on all pages, without the spaces: readers guess them. */
async function lettersOf(report: Report, ...given: readonly NewEntry[]) {
  const document = reportDocument(report, sample.facts(...given), sample.subject);
  const pdf = await getDocumentProxy(await drawReport(document, never));
  const { text, totalPages } = await extractText(pdf, { mergePages: true });
  return { letters: squeezed(text), totalPages, pdf };
}

const squeezed = (text: string): string => text.normalize('NFKC').replace(/[\s\p{Cc}]+/gu, '');

test('every word of a report is read back from its pages', async () => {
  const { letters, totalPages } = await lettersOf(
    made,
    sample.call,
    ...sample.dialogue,
    sample.ended,
  );

  for (const text of [
    'Interview report',
    sample.subject.title,
    'c-17',
    'Not asked.',
    '2026-01-01 12:00',
    'Recommendation: Yes',
    made.summary,
    ...made.scores.flatMap(({ criterion, evidence }) => [criterion, ...evidence]),
    ...sample.subject.questions.map(({ ask }) => ask),
    ...made.questions.map(({ note }) => note),
  ]) {
    expect(letters).toContain(squeezed(text));
  }
  expect(totalPages).toBe(1);
});

test.each([
  ['Cyrillic', 'Сначала я измерил; ёлка, їжак, ґанок и Ђорђе.'],
  ['Greek', 'Μέτρησα πρώτα'],
  ['Vietnamese', 'Tôi đã đo trước'],
  ['Latin with marks', 'Žluťoučký kůň, naïve façade, straße'],
  ['Hebrew', 'מדדתי'],
  ['Arabic', 'مرحبا'],
])('%s is read back as it was written', async (_script, text) => {
  const { letters } = await lettersOf({ ...made, summary: text }, sample.call, sample.ended);

  expect(letters).toContain(squeezed(text));
});

test('hostile text is drawn as letters: no link, no script, nothing that is opened', async () => {
  const hostile =
    '<script>alert(1)</script> [click](http://evil.example) **bold** \u0000\u0007\u001b[31m \u202Egnp.exe \ud800 %PDF-1.7 endobj';
  const { letters, pdf } = await lettersOf(
    { ...made, source: 'transcript-only' },
    { ...sample.call, interview: hostile, candidateId: hostile },
    sample.said('caller', hostile),
  );

  expect(letters).toContain(
    '<script>alert(1)</script>[click](http://evil.example)**bold**[31mgnp.exe',
  );
  const page = await pdf.getPage(1);
  expect(await page.getAnnotations()).toEqual([]);
  expect(await pdf.getJSActions()).toBeNull();
});

test('a megabyte of text becomes a file of bounded size that says where the rest is', async () => {
  const { letters, totalPages } = await lettersOf(
    { ...made, source: 'transcript-only' },
    sample.call,
    ...Array.from({ length: 10 }, (_, index) =>
      sample.said('caller', `${index} ${'слово word '.repeat(9_500)}`),
    ),
  );

  expect(letters).toContain(squeezed('The rest is in transcript.md.'));
  expect(totalPages).toBeLessThan(200);
}, 120_000);

test('a table that is longer than a page begins with its head on each', async () => {
  const scores = Array.from({ length: 40 }, (_, index) => ({
    criterion: `Criterion ${index}`,
    score: 1 + (index % 5),
    evidence: ['A quote that takes more than one line of its column. '.repeat(3)],
  }));
  const { letters, totalPages } = await lettersOf({ ...made, scores }, sample.call, sample.ended);

  expect(totalPages).toBeGreaterThan(2);
  expect(letters.split('Evidence').length - 1).toBeGreaterThanOrEqual(totalPages - 1);
});

test('drawing is broken off when it is told to stop', async () => {
  const document = reportDocument(
    { ...made, source: 'transcript-only' },
    sample.facts(...Array.from({ length: 500 }, () => sample.said('caller', 'words '.repeat(50)))),
    undefined,
  );

  await expect(drawReport(document, AbortSignal.abort())).rejects.toMatchObject({
    name: 'AbortError',
  });
});
