import { expect, test } from 'vitest';
import { drawInThread } from '../../../src/records/pdf/draw-in-thread.js';
import { labelsFor } from '../../../src/records/report/labels.js';

const entry = new URL('../../processes/drawing-thread.mjs', import.meta.url);
const document = (text: string) => ({
  title: 'Report',
  language: 'en',
  labels: labelsFor('en'),
  blocks: [{ kind: 'paragraph', text }] as const,
});

test('a report is drawn beside this thread', async () => {
  const pages = await drawInThread(document('text'), new AbortController().signal, entry);

  expect(Buffer.from(pages.subarray(0, 5)).toString()).toBe('%PDF-');
});

test('a thread that fails is an error here, and no more', async () => {
  const nowhere = new URL('./no-such-thread.mjs', import.meta.url);

  await expect(
    drawInThread(document('text'), new AbortController().signal, nowhere),
  ).rejects.toThrow();
});

test('drawing ends with the signal', async () => {
  await expect(drawInThread(document('text'), AbortSignal.abort(), entry)).rejects.toMatchObject({
    name: 'AbortError',
  });
});
