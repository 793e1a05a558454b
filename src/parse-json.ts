/** What a text of JSON says, or `undefined` when it is none. Whoever calls it checks what came out. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
