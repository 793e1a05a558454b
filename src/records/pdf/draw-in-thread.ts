import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Document } from '../report/document.js';

/** An ordinary report takes 100 MB with its fonts; one that takes more than this is not drawn. */
const MEMORY_MB = 512;
const DRAW_MS = 60_000;

/**
 * Makes `report.pdf` in a thread of its own, which has no part of the environment and is gone afterwards, whatever happens.
 *
 * @param entry the thread's module
 * @throws Error when the thread fails, takes too much memory or longer than a minute, or `signal` aborts.
 */
export async function drawInThread(
  document: Document,
  signal: AbortSignal,
  entry = new URL('./thread.js', import.meta.url),
): Promise<Uint8Array> {
  const thread = new Worker(entry, {
    workerData: document,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  try {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(DRAW_MS)]);
    const ended = once(thread, 'exit', { signal: deadline }).then(() => [undefined]);
    const drawn = once(thread, 'message', { signal: deadline });
    // Whichever is first: the other fails, or never comes.
    const [pages] = await Promise.race([drawn, ended]);
    if (!(pages instanceof Uint8Array)) {
      throw new Error('the thread that draws a report ended without one');
    }
    return pages;
  } finally {
    await thread.terminate();
  }
}
