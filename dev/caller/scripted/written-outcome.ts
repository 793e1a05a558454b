import { setTimeout as delay } from 'node:timers/promises';
import { journalFile } from '../../../src/records/journal/path.js';
import { readJournal } from '../../../src/records/journal/index.js';

/** The job flushes its records after it has left the room. */
const WRITTEN_TIMEOUT_MS = 10_000;
const LOOK_EVERY_MS = 100;

/** The outcome in a call's journal, waited for while the job still writes; null when none comes. */
export async function writtenOutcome(dataDir: string, callId: string): Promise<string | null> {
  const file = journalFile(dataDir, callId);
  const giveUpAtMs = performance.now() + WRITTEN_TIMEOUT_MS;
  for (;;) {
    const last = (await readJournal(file)).entries.findLast(({ type }) => type === 'outcome');
    if (last?.type === 'outcome') {
      return last.reason;
    }
    if (performance.now() >= giveUpAtMs) {
      return null;
    }
    await delay(LOOK_EVERY_MS);
  }
}
