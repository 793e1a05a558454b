/** The one place that ends the process or listens to it. */

/**
 * Ends the process at once with `code`, after writing `text` to stderr. For start-up only, before any call can
 * exist: nothing is flushed.
 */
export function exitWith(code: number, text: string): never {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
  process.exit(code);
}
