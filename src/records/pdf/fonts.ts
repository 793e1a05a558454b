import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { z } from 'zod';

/** One file of a font, which has the letters of some scripts and no others. */
export interface FontFile {
  /** A name for it inside a document. */
  readonly id: string;
  readonly file: string;
}

export type Weight = 'regular' | 'bold';
const NUMBER: Readonly<Record<Weight, number>> = { regular: 400, bold: 700 };

/** Part of a font: the code points from `first` to `last` are in the files whose names begin with `stem`. */
interface Part {
  readonly first: number;
  readonly last: number;
  readonly stem: string;
}

/** Always there: Latin, Cyrillic, Greek, Vietnamese, Devanagari. */
const BASE = 'noto-sans';
const unicodeRanges = z.record(z.string(), z.string());

/**
 * Finds the font that has a character, among all `@fontsource/noto-sans*` packages that are installed: one more script is
 * one more package. (WOFF rather than WOFF2, whose letters pdfkit 0.20 leaves blank.)
 */
export class FontBook {
  readonly #parts: readonly Part[];
  readonly #stems = new Map<number, readonly string[]>();

  private constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /** @throws Error when the base font is not installed. */
  static async open(): Promise<FontBook> {
    const example = `@fontsource/${BASE}/files/${BASE}-latin-400-normal.woff`;
    const root = dirname(dirname(dirname(createRequire(import.meta.url).resolve(example))));
    const names = (await readdir(root)).filter((name) => name.startsWith(BASE)).sort();
    const packages = [BASE, ...names.filter((name) => name !== BASE)];
    const parts = await Promise.all(packages.map((name) => partsOf(join(root, name), name)));
    return new FontBook(parts.flat());
  }

  /**
   * The font for a character. `current`, the font of the letter before it, is kept where it will do, so that letters that
   * belong together stay together. A character that no font has is drawn as an empty box by the first one.
   */
  fontFor(codePoint: number, weight: Weight, current?: FontFile): FontFile {
    const candidates = this.#stemsFor(codePoint).map((stem) => fontFile(stem, weight));
    return (
      candidates.find(({ id }) => id === current?.id) ??
      candidates[0] ??
      fontFile(this.#latin(), weight)
    );
  }

  #stemsFor(codePoint: number): readonly string[] {
    const known = this.#stems.get(codePoint);
    if (known !== undefined) {
      return known;
    }
    const fits = this.#parts.filter(({ first, last }) => codePoint >= first && codePoint <= last);
    const stems = fits.map(({ stem }) => stem);
    this.#stems.set(codePoint, stems);
    return stems;
  }

  #latin(): string {
    return this.#parts.find(({ stem }) => stem.endsWith(`${sep}${BASE}-latin`))?.stem ?? '';
  }
}

function fontFile(stem: string, weight: Weight): FontFile {
  const file = `${stem}-${NUMBER[weight]}-normal.woff`;
  return { id: file, file };
}

/** Reads which characters lie in which file: `{"cyrillic": "U+0301,U+0400-045F", …}`, CJK in numbered parts. */
async function partsOf(folder: string, name: string): Promise<Part[]> {
  const text = await readFile(join(folder, 'unicode.json'), 'utf8');
  const subsets = Object.entries(unicodeRanges.parse(JSON.parse(text)));
  // The plain subset before its extension: it has the digits and marks that both claim.
  const sorted = subsets.sort(([a], [b]) => rank(a) - rank(b));
  return sorted.flatMap(([subset, ranges]) =>
    ranges.split(',').map((range) => {
      const [first = '', last = first] = range.replace(/^U\+/i, '').split('-');
      const stem = join(folder, 'files', `${name}-${subset.replace(/[[\]]/g, '')}`);
      return { first: Number.parseInt(first, 16), last: Number.parseInt(last, 16), stem };
    }),
  );
}

function rank(subset: string): number {
  return subset === 'latin' ? 0 : subset.endsWith('-ext') ? 2 : 1;
}
