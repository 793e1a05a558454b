import { setImmediate as breathe } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { cleanText } from '../clean-text.js';
import type { FontBook, FontFile, Weight } from './fonts.js';
import { readsRightToLeft, runsOf } from './runs.js';
import { wrap } from './wrap.js';

/** In points, of which an inch has 72; A4. */
export const PAGE = { width: 595.28, height: 841.89, margin: 56, footer: 34 } as const;
export const CONTENT_WIDTH = PAGE.width - 2 * PAGE.margin;
const BOTTOM = PAGE.height - PAGE.margin - PAGE.footer;

/** So many lines are drawn before other work gets its turn: this runs beside calls. */
const LINES_AT_ONCE = 20;

export interface TextStyle {
  readonly size: number;
  readonly weight: Weight;
  readonly color: string;
}

/** Where a text goes; by default the whole width. */
export interface Column {
  readonly x: number;
  readonly width: number;
}
const WHOLE: Column = { x: PAGE.margin, width: CONTENT_WIDTH };

/** Pages that are written from top to bottom, in any script that there is a font for. */
export class Pages {
  readonly pdf: PDFKit.PDFDocument;
  /** The next line begins here. */
  y: number = PAGE.margin;
  readonly #fonts: FontBook;
  readonly #signal: AbortSignal;
  readonly #widths = new Map<string, number>();
  #lines = 0;

  constructor(fonts: FontBook, info: { title: string; language: string }, signal: AbortSignal) {
    this.#fonts = fonts;
    this.#signal = signal;
    this.pdf = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      bufferPages: true,
      font: fonts.fontFor(0x41, 'regular').file,
      lang: info.language,
      displayTitle: true,
      info: { Title: info.title, Creator: 'steadfast' },
    });
  }

  /** A new page, unless there is room for `height` more on this one. Answers whether there is one. */
  makeRoom(height: number): boolean {
    if (this.y + height <= BOTTOM) {
      return false;
    }
    this.pdf.addPage();
    this.y = PAGE.margin;
    return true;
  }

  lineHeight({ size }: TextStyle): number {
    return size * 1.45;
  }

  /** The lines of a text in a column. What others wrote may be given as it is. */
  lines(text: string, style: TextStyle, column = WHOLE): string[] {
    return [...wrap(cleanText(text), column.width, (piece) => this.#measure(piece, style))];
  }

  /** Writes a text below what is there already, over as many pages as it takes. */
  async write(text: string, style: TextStyle, column = WHOLE): Promise<void> {
    const rightToLeft = readsRightToLeft(text);
    for (const line of this.lines(text, style, column)) {
      this.makeRoom(this.lineHeight(style));
      await this.writeLine(line, style, column, rightToLeft);
      this.y += this.lineHeight(style);
    }
  }

  /** Writes one line at the current height, and stays there. */
  async writeLine(
    line: string,
    style: TextStyle,
    column = WHOLE,
    rightToLeft = readsRightToLeft(line),
  ): Promise<void> {
    this.#lines += 1;
    if (this.#lines % LINES_AT_ONCE === 0) {
      await breathe(undefined, { signal: this.#signal });
    }
    const runs = runsOf(line, this.#fonts, style.weight, rightToLeft);
    const widths = runs.map(({ text, font }) => this.#use(font, style).widthOfString(text));
    const all = widths.reduce((sum, width) => sum + width, 0);
    let x = rightToLeft ? column.x + column.width - all : column.x;
    const baseline = this.y + style.size * 1.08;
    runs.forEach(({ text, font }, index) => {
      this.#use(font, style)
        .fillColor(style.color)
        .text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
      x += widths[index] ?? 0;
    });
  }

  /** Width of a short text, in points. */
  widthOf(text: string, style: TextStyle): number {
    return this.#measure(text, style);
  }

  /** Everything, as a file. */
  async finish(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    this.pdf.end();
    for await (const chunk of this.pdf) {
      chunks.push(Buffer.from(chunk));
    }
    return new Uint8Array(Buffer.concat(chunks));
  }

  #measure(piece: string, style: TextStyle): number {
    const key = `${style.weight}${style.size} ${piece}`;
    const known = this.#widths.get(key);
    if (known !== undefined) {
      return known;
    }
    const runs = runsOf(piece, this.#fonts, style.weight, false);
    const width = runs.reduce(
      (sum, { text, font }) => sum + this.#use(font, style).widthOfString(text),
      0,
    );
    this.#widths.set(key, width);
    return width;
  }

  #use(font: FontFile, { size }: TextStyle): PDFKit.PDFDocument {
    return this.pdf.font(font.file, size);
  }
}
