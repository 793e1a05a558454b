import type { Block, Document } from '../report/document.js';
import { FontBook } from './fonts.js';
import { CONTENT_WIDTH, PAGE, Pages } from './pages.js';
import { drawScores } from './score-table.js';
import * as styles from './styles.js';

/** About 150 pages. Whoever needs more of it reads the transcript. */
const TEXT_MAX = 400_000;
const BLOCK_MAX = 60_000;

/**
 * `report.pdf`: A4, with the fonts it needs inside it. Everything that others wrote is drawn as letters: nothing in it is a
 * link, a script or an address that is opened. Gives way to other work as it goes.
 *
 * @throws Error when `signal` aborts, or a font is missing.
 */
export async function drawReport(document: Document, signal: AbortSignal): Promise<Uint8Array> {
  const { title, language, labels } = document;
  const pages = new Pages(await FontBook.open(), { title, language }, signal);
  await pages.write(title, styles.TITLE);
  pages.pdf.rect(PAGE.margin, pages.y + 4, 48, 3).fill(styles.ACCENT);
  pages.y += 20;
  let room = TEXT_MAX;
  for (const block of document.blocks) {
    const size = Math.min(lengthOf(block), BLOCK_MAX);
    if (size > room) {
      await draw(pages, { kind: 'note', text: labels.cut });
      break;
    }
    room -= size;
    await draw(pages, shortened(block, labels.cut));
  }
  await drawFooters(pages, document);
  return pages.finish();
}

async function draw(pages: Pages, block: Block): Promise<void> {
  switch (block.kind) {
    case 'facts':
      await drawFacts(pages, block.rows);
      break;
    case 'note':
      await drawBox(pages, block.text, styles.NOTE, styles.AMBER_SHADE, styles.AMBER);
      break;
    case 'verdict':
      await drawBox(
        pages,
        `${block.label}: ${block.text}`,
        styles.STRONG,
        styles.SHADE,
        styles.ACCENT,
      );
      break;
    case 'heading':
      pages.makeRoom(80);
      pages.y += 12;
      await pages.write(block.text, styles.HEADING);
      pages.y += 4;
      break;
    case 'paragraph':
      await pages.write(block.text, styles.BODY);
      pages.y += 6;
      break;
    case 'scores':
      await drawScores(pages, block);
      break;
    case 'question':
      pages.makeRoom(3 * pages.lineHeight(styles.BODY));
      await pages.write(block.ask, styles.STRONG);
      await pages.write(block.note, block.asked ? styles.BODY : styles.LABEL);
      pages.y += 8;
      break;
    case 'said':
      pages.makeRoom(2 * pages.lineHeight(styles.BODY));
      await pages.write(`${block.speaker} · ${block.at}`, styles.LABEL);
      await pages.write(block.text, styles.BODY);
      pages.y += 7;
      break;
  }
}

async function drawFacts(
  pages: Pages,
  rows: readonly (readonly [string, string])[],
): Promise<void> {
  const labelWidth = Math.min(
    170,
    16 + Math.max(...rows.map(([label]) => pages.widthOf(label, styles.FACT))),
  );
  const column = { x: PAGE.margin + labelWidth, width: CONTENT_WIDTH - labelWidth };
  for (const [label, value] of rows) {
    pages.makeRoom(pages.lineHeight(styles.BODY));
    await pages.writeLine(label, styles.FACT);
    const before = pages.y;
    await pages.write(value, styles.BODY, column);
    pages.y = Math.max(pages.y, before + pages.lineHeight(styles.BODY)) + 1;
  }
  pages.y += 8;
}

/** A short text with a shade behind it and a bar beside it. */
async function drawBox(
  pages: Pages,
  text: string,
  style: typeof styles.BODY,
  shade: string,
  bar: string,
): Promise<void> {
  const column = { x: PAGE.margin + 14, width: CONTENT_WIDTH - 24 };
  const height = pages.lines(text, style, column).length * pages.lineHeight(style) + 12;
  pages.makeRoom(height + 6);
  pages.pdf.rect(PAGE.margin, pages.y, CONTENT_WIDTH, height).fill(shade);
  pages.pdf.rect(PAGE.margin, pages.y, 3, height).fill(bar);
  pages.y += 6;
  await pages.write(text, style, column);
  pages.y += 12;
}

async function drawFooters(pages: Pages, { title, labels }: Document): Promise<void> {
  const { start, count } = pages.pdf.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    pages.pdf.switchToPage(index);
    pages.y = PAGE.height - PAGE.margin;
    await pages.writeLine(title, styles.FOOTER);
    const number = `${labels.page} ${index + 1} / ${count}`;
    const width = pages.widthOf(number, styles.FOOTER);
    await pages.writeLine(number, styles.FOOTER, { x: PAGE.width - PAGE.margin - width, width });
  }
}

function shortened(block: Block, cut: string): Block {
  return 'text' in block && block.text.length > BLOCK_MAX
    ? { ...block, text: `${block.text.slice(0, BLOCK_MAX)}… (${cut})` }
    : block;
}

function lengthOf(block: Block): number {
  return JSON.stringify(block).length;
}
