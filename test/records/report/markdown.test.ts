import { expect, test } from 'vitest';
import { markdownText } from '../../../src/records/clean-text.js';
import { reportDocument } from '../../../src/records/report/document.js';
import { markdownReport } from '../../../src/records/report/markdown.js';
import { transcriptMarkdown } from '../../../src/records/transcript-files.js';
import * as sample from '../sample-call.js';

test.each([
  ['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
  ['[a](http://evil.example)', '\\[a\\](http\\://evil.example)'],
  ['# not a heading\n\n- nor a list', '\\# not a heading - nor a list'],
  ['- item', '\\- item'],
  ['1. item', '1\\. item'],
  ['| cell |', '\\| cell \\|'],
  ['www.evil.example', 'www\\.evil.example'],
  ['a\u0000b\u202Ec\ud800', 'a b c\uFFFD'],
])('%j shows letter by letter', (text, written) => {
  expect(markdownText(text)).toBe(written);
});

test('a report has its parts in order, and a row for each score', () => {
  const text = markdownReport(
    reportDocument(
      {
        ...sample.content,
        source: 'after-call',
        late: true,
        partial: true,
        madeAt: '2026-01-01T12:10:00.000Z',
      },
      sample.facts(sample.call, ...sample.dialogue, sample.ended),
      sample.subject,
    ),
  );

  expect(text.match(/^#+ .*$/gm)).toEqual([
    '# Interview report',
    '## Summary',
    '## Scores',
    '## Questions',
  ]);
  expect(text).toContain('> This report was made after the call, from its transcript.');
  expect(text).toContain('**Recommendation: Yes**');
  expect(text).toContain(
    '| Problem solving | 5 | “I measured it first, and found a race in the payment queue.” |',
  );
});

test('nothing that was said begins a new part of the transcript', () => {
  const text = transcriptMarkdown(
    sample.facts(sample.call, sample.said('caller', 'x\n\n# Heading\n**Interviewer** (1): yes')),
  );

  expect(text.match(/^#.*$/gm)).toEqual(['# Transcript']);
  expect(text.match(/^\*\*\w+\*\*/gm)).toEqual(['**Candidate**']);
});
