import type { Answer } from './answer.js';

/** What follows of an answer is not read: a receiver cannot fill our memory. */
const ANSWER_MAX_BYTES = 4_096;

/**
 * Posts a body and reads the answer's beginning. Follows no redirect.
 *
 * @throws Error with a sentence for a person when there is no answer, or the signal's reason.
 */
export async function post(
  url: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { ...headers },
    redirect: 'manual',
    signal,
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new Error(`The receiver could not be reached: ${deepest(error)}.`, { cause: error });
  });
  return {
    status: response.status,
    said: await beginningOf(response),
    retryAfter: response.headers.get('retry-after') ?? undefined,
    location: response.headers.get('location') ?? undefined,
  };
}

/** The status is what counts: a body that breaks off, or never ends, is as good as its beginning. */
async function beginningOf({ body }: Response): Promise<string> {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    while (reader !== undefined && bytes < ANSWER_MAX_BYTES) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      bytes += value.byteLength;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // Broken off, or our time is up: the status has arrived all the same.
  }
  await reader?.cancel().catch(() => undefined);
  return text.slice(0, ANSWER_MAX_BYTES);
}

/** fetch says only "fetch failed"; what happened stands in the cause, with a code where it is the system's. */
function deepest(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error.cause !== undefined) {
    return deepest(error.cause);
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const text = error.message === '' ? error.name : error.message;
  return code === undefined || text.includes(code) ? text : `${text} (${code})`;
}
