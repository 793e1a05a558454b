/** Longer messages repeat what somebody gave them. */
const MESSAGE_MAX = 500;
/** Inside a word, an apostrophe quotes nothing. */
const QUOTED = /"[^"]*"?|`[^`]*`?|“[^”]*”?|«[^»]*»?|(?<!\w)'[^']*'(?!\w)/gs;

/**
 * A foreign error's message without what it quotes: `JSON.parse`, for one, repeats the text that it could not read, and that
 * may be what a candidate said. The log on this machine has the whole of it.
 */
export function withoutQuotes(message: string): string {
  return message.replaceAll(QUOTED, '"…"').slice(0, MESSAGE_MAX);
}
