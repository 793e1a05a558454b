import { readFile } from 'node:fs/promises';
import { journalEntry, type JournalEntry } from './entry.js';

export interface JournalContents {
  readonly entries: readonly JournalEntry[];
  /** Lines that are not whole: a process was killed, or a disk filled up, while one was being written. */
  readonly tornLines: number;
  /** The file's last line has no end: the next writer has to begin a new one. */
  readonly endsTorn: boolean;
}

/** Reads a journal, also one that nobody finished. A file that does not exist is an empty journal. */
export async function readJournal(file: string): Promise<JournalContents> {
  return parseJournal(await readFile(file, 'utf8').catch(emptyWhenMissing));
}

/** Never throws: a line that makes no sense is counted and left out, and the others still stand. */
export function parseJournal(text: string): JournalContents {
  const entries: JournalEntry[] = [];
  let tornLines = 0;
  for (const line of text.split('\n').filter((line) => line.trim() !== '')) {
    const entry = parseLine(line);
    if (entry === undefined) {
      tornLines += 1;
    } else {
      entries.push(entry);
    }
  }
  return { entries, tornLines, endsTorn: text !== '' && !text.endsWith('\n') };
}

function parseLine(line: string): JournalEntry | undefined {
  try {
    return journalEntry.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function emptyWhenMissing(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return '';
  }
  throw error;
}
