import type { Block } from '../report/document.js';
import { PAGE, CONTENT_WIDTH, type Column, type Pages, type TextStyle } from './pages.js';
import { ACCENT, BODY, LABEL, LINE, QUOTE, SHADE, STRONG } from './styles.js';

type Scores = Extract<Block, { kind: 'scores' }>;

const PADDING = 6;
const SHARES = [0.3, 0.18, 0.52] as const;
const BEST = 5;

const COLUMNS = SHARES.map((share, index): Column => {
  const before = SHARES.slice(0, index).reduce((sum, one) => sum + one, 0);
  return {
    x: PAGE.margin + before * CONTENT_WIDTH + PADDING,
    width: share * CONTENT_WIDTH - 2 * PADDING,
  };
});
const [CRITERION, SCORE, EVIDENCE] = COLUMNS;

/** One line of a row: what stands in its first and its last column. */
interface Cell {
  readonly lines: readonly string[];
  readonly style: TextStyle;
  readonly column: Column | undefined;
}

/** Draws the table of scores; on a new page its head comes again, and a row that fits on a page is not broken. */
export async function drawScores(pages: Pages, { head, rows }: Scores): Promise<void> {
  await drawHead(pages, head);
  for (const { criterion, score, evidence } of rows) {
    const quotes = evidence.flatMap((quote) => pages.lines(`“${quote}”`, QUOTE, EVIDENCE));
    const cells: Cell[] = [
      { lines: pages.lines(criterion, STRONG, CRITERION), style: STRONG, column: CRITERION },
      { lines: quotes.length === 0 ? ['–'] : quotes, style: QUOTE, column: EVIDENCE },
    ];
    const count = Math.max(1, ...cells.map(({ lines }) => lines.length));
    const step = pages.lineHeight(BODY);
    const height = count * step + 2 * PADDING;
    if (height < PAGE.height / 2 && pages.makeRoom(height)) {
      await drawHead(pages, head);
    }
    pages.y += PADDING;
    for (let index = 0; index < count; index += 1) {
      if (pages.makeRoom(step + PADDING)) {
        await drawHead(pages, head);
        pages.y += PADDING;
      }
      // From left to right, which is the order in which it is read aloud and copied.
      for (const { lines, style, column } of cells) {
        if (index === 0 && column === EVIDENCE) {
          await drawScore(pages, score);
        }
        await pages.writeLine(lines[index] ?? '', style, column);
      }
      pages.y += step;
    }
    pages.y += PADDING;
    rule(pages);
  }
  pages.y += PADDING;
}

async function drawHead(pages: Pages, head: Scores['head']): Promise<void> {
  const step = pages.lineHeight(LABEL);
  const titles = [head.criterion, head.score, head.evidence];
  const cells = titles.map((title, index) => pages.lines(title, LABEL, COLUMNS[index]));
  const count = Math.max(...cells.map((lines) => lines.length));
  const height = count * step + PADDING;
  pages.makeRoom(height + 3 * step);
  pages.pdf.rect(PAGE.margin, pages.y, CONTENT_WIDTH, height).fill(SHADE);
  pages.y += PADDING / 2;
  for (let index = 0; index < count; index += 1) {
    for (const [column, lines] of cells.entries()) {
      await pages.writeLine(lines[index] ?? '', LABEL, COLUMNS[column]);
    }
    pages.y += step;
  }
  pages.y += PADDING / 2;
}

/** The number, and as many full circles out of five. */
async function drawScore(pages: Pages, score: number): Promise<void> {
  if (SCORE === undefined) {
    return;
  }
  await pages.writeLine(String(score), STRONG, SCORE);
  for (let index = 0; index < BEST; index += 1) {
    const x = SCORE.x + 18 + index * 10;
    pages.pdf.circle(x, pages.y + STRONG.size * 0.72, 3.2).lineWidth(0.8);
    if (index < score) {
      pages.pdf.fillAndStroke(ACCENT, ACCENT);
    } else {
      pages.pdf.stroke(ACCENT);
    }
  }
}

function rule({ pdf, y }: Pages): void {
  pdf
    .moveTo(PAGE.margin, y)
    .lineTo(PAGE.margin + CONTENT_WIDTH, y)
    .lineWidth(0.6)
    .stroke(LINE);
}
