import type { Evidence } from '../evidence.js';
import { exceeds, when, type Checker } from './checker.js';
import { attempts, metAt, opened } from './facts.js';
import { forgotten } from './context.js';

/** Less is no answer. */
const ANSWER_MS = 300;

function answersAreMissing({ row, heard }: Evidence): string[] {
  const { hears } = row.promised;
  const answered = heard.asks.map(({ heardMs }) => heardMs >= ANSWER_MS);
  switch (hears) {
    case 'every-answer': {
      const missing = answered.filter((one) => !one).length;
      return [
        ...when(answered.length === 0, 'nothing could be asked any more'),
        ...when(missing > 0, `${missing} of ${answered.length} questions got no answer`),
      ];
    }
    case 'last-answer':
      return when(answered.at(-1) !== true, 'the last question got no answer');
    case 'notice':
    case 'nothing':
      return [];
  }
}

/** From the loss of the connection that the fault ended to the next one. */
function reconnectedAfterMs(evidence: Evidence): number | null {
  const [first, second] = opened(evidence);
  const lostAt = first?.closedAt ?? null;
  return lostAt === null || second === undefined ? null : second.openedAt - lostAt;
}

export const p8: Checker = {
  name: 'P8',
  promise: 'After a reconnect the conversation is intact and the next reply can be heard.',
  applies: (evidence) =>
    ['every-answer', 'last-answer'].includes(evidence.row.promised.hears) ||
    opened(evidence).length > 1,
  broken: (evidence) => {
    const { promised } = evidence.row;
    const { reconnectsWithinMs, greetsWithinMs } = promised;
    const downMs = reconnectedAfterMs(evidence);
    const { firstWordAt, joinedAt } = evidence.heard;
    const from = Math.max(joinedAt, metAt(evidence) ?? joinedAt);
    const greetedAfterMs = firstWordAt === null ? null : Math.round(firstWordAt - from);
    return [
      ...answersAreMissing(evidence),
      ...forgotten(evidence),
      ...when(
        reconnectsWithinMs !== undefined && downMs === null && attempts(evidence) > 0,
        'there was no new connection',
      ),
      ...when(
        reconnectsWithinMs !== undefined &&
          downMs !== null &&
          exceeds(downMs, reconnectsWithinMs, evidence),
        `the new connection came after ${downMs ?? 0} ms, promised were ${reconnectsWithinMs ?? 0}`,
      ),
      ...when(
        greetsWithinMs !== undefined &&
          (greetedAfterMs === null || exceeds(greetedAfterMs, greetsWithinMs, evidence)),
        `the greeting came ${greetedAfterMs === null ? 'never' : `after ${greetedAfterMs} ms`}, promised were ${greetsWithinMs ?? 0}`,
      ),
    ];
  },
};
