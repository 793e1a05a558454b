import { server } from '../server.js';

/** A report is written after the call, by a text model; and a call that was lost is waited for first. */
const TRIES = 90;
const PAUSE_MS = 1500;

const NAMES = { transcript: 'transcript.md', report: 'report.pdf' } as const;

/** Saves a file of the call, waiting for it to be written. Answers false when there is none. */
export async function saveFile(request: Parameters<typeof server.file>[0]): Promise<boolean> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const file = await server.file(request).catch(() => undefined);
    if (file === undefined) {
      return false;
    }
    if (file !== 'not-yet') {
      save(file, NAMES[request.file]);
      return true;
    }
    await pause();
  }
  return false;
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it over by then.
  void pause().then(() => URL.revokeObjectURL(url));
}

function pause(): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, PAUSE_MS));
}
