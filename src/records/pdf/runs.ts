import bidiFactory from 'bidi-js';
import { z } from 'zod';
import type { FontBook, FontFile, Weight } from './fonts.js';

/** A piece of a line that is drawn at once, with one font. */
export interface Run {
  readonly text: string;
  readonly font: FontFile;
}

interface Piece extends Run {
  /** Even: left to right; odd: right to left. */
  readonly level: number;
}

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** Its types describe an ES module, and what Node loads is a CommonJS one, whose export is the function itself. */
const makeBidi: unknown = bidiFactory;
const bidi = z
  .custom<typeof bidiFactory.default>((value) => typeof value === 'function')
  .parse(makeBidi)();

/** Whether a text is to be read from right to left, judged by its first letter. */
export function readsRightToLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0];
  return first !== undefined && RIGHT_TO_LEFT.test(first);
}

/** One line, as it is written, in the order in which its pieces stand on paper from left to right. */
export function runsOf(line: string, fonts: FontBook, weight: Weight, rightToLeft: boolean): Run[] {
  if (!rightToLeft && !RIGHT_TO_LEFT.test(line)) {
    return pieces(line, fonts, weight, () => 0);
  }
  const { levels } = bidi.getEmbeddingLevels(line, rightToLeft ? 'rtl' : 'ltr');
  return inVisualOrder(pieces(line, fonts, weight, (index) => levels[index] ?? 0));
}

function pieces(
  line: string,
  fonts: FontBook,
  weight: Weight,
  levelAt: (index: number) => number,
): Piece[] {
  const found: Piece[] = [];
  let index = 0;
  for (const character of line) {
    const level = levelAt(index);
    index += character.length;
    const isRightToLeft = level % 2 === 1;
    // The font turns letters around by itself, and nothing else: the rest goes one by one.
    const standsAlone = isRightToLeft && !/[\p{L}\p{M}]/u.test(character);
    const text = standsAlone ? (bidi.getMirroredCharacter(character) ?? character) : character;
    const last = found.at(-1);
    const codePoint = text.codePointAt(0) ?? 0;
    const font = fonts.fontFor(codePoint, weight, last?.font);
    if (last?.font.id === font.id && last.level === level && !standsAlone && !isAlone(last)) {
      found[found.length - 1] = { ...last, text: last.text + text };
    } else {
      found.push({ text, font, level });
    }
  }
  return found;
}

function isAlone({ level, text }: Piece): boolean {
  return level % 2 === 1 && !/[\p{L}\p{M}]/u.test(text);
}

/** Rule L2 of the Unicode bidirectional algorithm: from the highest level down, turn around what lies at it or above. */
function inVisualOrder(line: readonly Piece[]): Piece[] {
  const order = [...line];
  const highest = Math.max(0, ...order.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let start = 0; start < order.length; start += 1) {
      let end = start;
      while ((order[end]?.level ?? -1) >= level) {
        end += 1;
      }
      if (end > start) {
        order.splice(start, end - start, ...order.slice(start, end).reverse());
        start = end;
      }
    }
  }
  return order;
}
