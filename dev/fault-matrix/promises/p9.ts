import type { Evidence } from '../evidence.js';
import { when, type Checker } from './checker.js';
import { entriesOf } from './facts.js';

/** Whole sentences the caller's screen showed, and which the journal does not have. The last one may be lost. */
function lost(evidence: Evidence): string[] {
  const written = entriesOf(evidence, 'utterance').map(({ text }) => text);
  return evidence.heard.sentences
    .slice(0, -1)
    .filter((sentence) => /[.!?]$/.test(sentence))
    .filter((sentence) => !written.some((text) => text.startsWith(sentence.slice(0, 12))));
}

export const p9: Checker = {
  name: 'P9',
  promise:
    'What happens is on disk as it happens: a SIGKILL loses at most the sentence being spoken.',
  applies: ({ subject, callId, row }) =>
    subject === 'steadfast' && callId !== null && row.promised.records !== 'none',
  broken: (evidence) => {
    const { journal, row } = evidence;
    const torn = journal?.tornLines ?? 0;
    const missing = lost(evidence);
    return [
      ...when(journal === null, 'there is no journal'),
      ...when(torn > (row.promised.records === 'torn-off' ? 1 : 0), `${torn} lines are torn`),
      ...when(missing.length > 0, `lost: ${missing.join(' | ')}`),
    ];
  },
};
