/** Control characters, and marks that turn the direction of what follows: they hide what a text says. */
const HIDDEN = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

/** A text that others wrote, as one line that shows what it says and nothing else. */
export function cleanText(text: string): string {
  return text
    .replace(LONE_SURROGATE, '\uFFFD')
    .normalize('NFC')
    .replace(HIDDEN, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** What Markdown would make something of, HTML and addresses that become links by themselves among it. */
const MARKUP = /[\\`*_[\]<>&|~#$!]|:(?=\/\/)|(?<=www)\.|@/giu;
const AT_LINE_START = /^(?:[-+=](?=[\s=-]|$)|\d+(?=[.)]))/u;

/** The same, so that Markdown shows it letter by letter. */
export function markdownText(text: string): string {
  return cleanText(text)
    .replace(MARKUP, '\\$&')
    .replace(AT_LINE_START, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}
