import type { Evidence } from '../evidence.js';
import { when, type Checker } from './checker.js';
import { entriesOf } from './facts.js';

/** Ends that telemetry is told of. */
const TOLD = new Set(['model-unavailable', 'model-refused', 'livekit-lost', 'crashed']);

function messages({ telemetry }: Evidence): number {
  return telemetry.filter((body) => body.includes('A call ended badly')).length;
}

export const p5: Checker = {
  name: 'P5',
  promise:
    'Everything observed is flushed, once and in order, on every way out that leaves the process a breath.',
  applies: ({ subject, row, callId }) =>
    subject === 'steadfast' && callId !== null && row.promised.records === undefined,
  broken: (evidence) => {
    const entries = evidence.journal?.entries ?? [];
    const outcomes = entriesOf(evidence, 'outcome');
    const told = messages(evidence);
    const expected = TOLD.has(outcomes[0]?.reason ?? '') ? 1 : 0;
    return [
      ...when(entries.length === 0, 'there is no journal'),
      ...when(outcomes.length !== 1, `the journal has ${outcomes.length} outcomes`),
      ...when(
        outcomes.length === 1 && entries.at(-1)?.type !== 'outcome',
        'something was written after the outcome',
      ),
      ...when(
        entries.some(({ seq }, index) => seq !== index + 1),
        'the journal’s entries are not in order',
      ),
      ...when(told !== expected, `telemetry was told ${told} times of the end, not ${expected}`),
    ];
  },
};
