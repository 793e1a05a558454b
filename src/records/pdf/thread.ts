import { parentPort, workerData } from 'node:worker_threads';
import type { Document } from '../report/document.js';
import { drawReport } from './draw-report.js';

/*
 * A thread that draws one report, and ends. Laying out text takes hundreds of milliseconds at a time, in which the worker
 * could not answer LiveKit.
 */

/** Whoever starts the thread gives it a document, and nothing else. */
function isDocument(data: unknown): data is Document {
  return typeof data === 'object' && data !== null && 'blocks' in data;
}

const data: unknown = workerData;
if (isDocument(data)) {
  const pages = await drawReport(data, new AbortController().signal);
  parentPort?.postMessage(pages);
}
