export { Journal } from './journal.js';
export { journalObserver, type HasJournal } from './observer.js';
export { readJournal, type JournalContents } from './read-journal.js';
export type { JournalEntry, Utterance } from './entry.js';
