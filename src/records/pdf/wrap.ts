/** Scripts that are written without spaces, where a line may end after every sign. */
const PIECE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF60]|[^ \p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF60]+| +/gu;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Breaks a text into lines that are no wider than `width`, at its spaces; a word that is wider is broken between
 * letters.
 *
 * @param measure width of a text, in the unit of `width`
 */
export function* wrap(
  text: string,
  width: number,
  measure: (text: string) => number,
): Generator<string> {
  let line = '';
  let used = 0;
  for (const piece of (text.match(PIECE) ?? []).flatMap((one) => fitting(one, width, measure))) {
    const isSpace = piece.startsWith(' ');
    const wide = measure(piece);
    if (used + wide <= width || (line === '' && !isSpace)) {
      line = line === '' && isSpace ? '' : line + piece;
      used = line === '' ? 0 : used + wide;
    } else {
      yield line.trimEnd();
      line = isSpace ? '' : piece;
      used = isSpace ? 0 : wide;
    }
  }
  if (line.trimEnd() !== '') {
    yield line.trimEnd();
  }
}

function fitting(word: string, width: number, measure: (text: string) => number): string[] {
  if (word.startsWith(' ') || measure(word) <= width) {
    return [word];
  }
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const { segment } of graphemes.segment(word)) {
    const wide = measure(segment);
    if (part !== '' && used + wide > width) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += segment;
    used += wide;
  }
  return [...parts, part];
}
