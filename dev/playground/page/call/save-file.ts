import { RefusedError, server } from '../server.js';

/** A report is written after the call, which may take the text model a while. */
const TRIES = 20;
const PAUSE_MS = 1500;
const NOT_YET = 409;

const NAMES = { transcript: 'transcript.md', report: 'report.pdf' } as const;

/** Saves a file of the call, waiting for it to be written. Answers false when there is none. */
export async function saveFile(request: Parameters<typeof server.file>[0]): Promise<boolean> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    try {
      const url = URL.createObjectURL(await server.file(request));
      const link = document.createElement('a');
      link.href = url;
      link.download = NAMES[request.file];
      link.click();
      // The browser has taken it over by then.
      window.setTimeout(() => URL.revokeObjectURL(url), PAUSE_MS);
      return true;
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== NOT_YET) {
        return false;
      }
      await new Promise((resolve) => window.setTimeout(resolve, PAUSE_MS));
    }
  }
  return false;
}
