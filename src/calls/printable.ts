/** C0, DEL, C1, line ends, and what changes the direction of writing or is not seen: none of it moves a terminal. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
/** The same as JSON leaves it in a string; line feeds between values are ours. */
const UNPRINTABLE_IN_JSON =
  /[\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const LINE_MAX = 400;

/** A text from a record, as one line that is safe on a terminal, and not endless. */
export function printable(text: string, max = LINE_MAX): string {
  const line = text.replace(UNPRINTABLE, ' ').trim();
  return line.length <= max ? line : `${line.slice(0, max)}… (${text.length} characters)`;
}

/** A value as JSON that is safe on a terminal, too, and means the same. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    UNPRINTABLE_IN_JSON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Rows under headings, each column as wide as it has to be. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = [headings, ...rows].map((row) => row.map((cell) => printable(cell, 60)));
  const widths = headings.map((_, column) =>
    Math.max(...clean.map((row) => (row[column] ?? '').length)),
  );
  return clean
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Milliseconds for people: "20m 05s", "0.8s". */
export function seconds(durationMs: number): string {
  if (durationMs < 60_000) {
    return `${(durationMs / 1_000).toFixed(1)}s`;
  }
  const whole = Math.round(durationMs / 1_000);
  return `${Math.floor(whole / 60)}m ${String(whole % 60).padStart(2, '0')}s`;
}

/** The same for what is short as a rule: "40 ms", "1.2s". */
export function briefly(durationMs: number): string {
  return durationMs < 1_000 ? `${Math.round(durationMs)} ms` : seconds(durationMs);
}
