import type { Evidence } from '../evidence.js';
import { exceeds, when, type Checker } from './checker.js';
import { endedAfterMs, entriesOf, outcomeOf } from './facts.js';

/** Voice that is surely more than a click. */
const AUDIBLE_MS = 400;

/** The call is over by the fault, not by the caller's hanging up. */
function endsByFault({ row }: Evidence): boolean {
  return row.course.kind === 'waits' || row.course.kind === 'asks-and-waits';
}

/** Ends of which nobody in the room can be told: the room, or our process, is what was lost. */
const UNTOLD = new Set(['livekit-lost', 'caller-left', 'worker-shutdown', 'crashed']);

function wordsAreBroken(evidence: Evidence): string[] {
  const { row, subject, heard } = evidence;
  if (subject !== 'steadfast' || row.promised.records === 'torn-off') {
    return []; // Keeps no records, so that it cannot say why.
  }
  const { outcomes } = row.promised;
  const outcome = outcomeOf(evidence);
  const shown = heard.attributes['call.outcome'];
  const written = entriesOf(evidence, 'outcome').at(-1)?.reason;
  return [
    ...when(
      !outcomes.some((one) => one === outcome),
      `it ended as ${outcome ?? 'nothing'}, promised was ${outcomes.join(' or ')}`,
    ),
    ...when(
      shown !== undefined && written !== undefined && shown !== written,
      `the room was told ${shown ?? ''}, the journal says ${written ?? ''}`,
    ),
    ...when(
      endsByFault(evidence) && outcome !== null && !UNTOLD.has(outcome) && shown === undefined,
      'the page was never told that the call is over',
    ),
  ];
}

export const p4: Checker = {
  name: 'P4',
  promise:
    'A failure that cannot be mended ends the call with its reason, in time; none is silent.',
  applies: ({ faultAt }) => faultAt !== null,
  broken: (evidence) => {
    const { row, heard } = evidence;
    const { endsWithinMs, hears, noticesWithinMs } = row.promised;
    const after = endedAfterMs(evidence);
    const noticed = noticedAfterMs(evidence);
    return [
      ...wordsAreBroken(evidence),
      ...when(endsByFault(evidence) && after === null, 'the call went on without an end'),
      ...when(
        endsWithinMs !== undefined && after !== null && exceeds(after, endsWithinMs, evidence),
        `it ended after ${after ?? 0} ms, promised were ${endsWithinMs ?? 0}`,
      ),
      ...when(
        hears === 'notice' && heard.afterFaultMs < AUDIBLE_MS,
        'the caller heard nothing that says why',
      ),
      ...when(noticesWithinMs !== undefined && noticed === null, 'the agent never noticed'),
      ...when(
        noticesWithinMs !== undefined &&
          noticed !== null &&
          exceeds(noticed, noticesWithinMs, evidence),
        `the agent noticed after ${noticed ?? 0} ms, promised were ${noticesWithinMs ?? 0}`,
      ),
    ];
  },
};

/** From the fault to the next connection, or to the end: then it was noticed at the latest. */
function noticedAfterMs(evidence: Evidence): number | null {
  const { connections, faultAt } = evidence;
  const next = connections.find(({ askedAt }) => faultAt !== null && askedAt > faultAt);
  return next === undefined || faultAt === null
    ? endedAfterMs(evidence)
    : Math.round(next.askedAt - faultAt);
}
