import type { Evidence } from '../evidence.js';
import { when, type Checker } from './checker.js';
import { attempts } from './facts.js';

/** Two tries nearer to each other than this are one after the other without a pause. */
const PAUSE_MS = 150;
/** A connection this old had become stable: losing it may be followed by a try at once. */
const STABLE_MS = 15_000;

/** How often a try followed a failure without a pause. */
function hurried({ connections }: Evidence): number {
  return connections.filter((one, index) => {
    const before = connections[index - 1];
    if (before === undefined) {
      return false;
    }
    const wasStable =
      (before.events.out['response.done'] ?? 0) > 0 ||
      (before.openedAt !== null && one.askedAt - before.openedAt >= STABLE_MS);
    const lostAt = before.closedAt ?? before.askedAt;
    return !wasStable && one.askedAt - lostAt < PAUSE_MS;
  }).length;
}

export const p2: Checker = {
  name: 'P2',
  promise: 'Attempts to connect are bounded in number and in time, with pauses between them.',
  applies: () => true,
  broken: (evidence) => {
    const { least = 0, most } = evidence.row.promised.connections;
    const tried = attempts(evidence);
    const withoutPause = hurried(evidence);
    return [
      ...when(tried > most, `${tried} connections were tried, ${most} at most were promised`),
      ...when(tried < least, `${tried} connections were tried, ${least} at least were promised`),
      // The first try after a loss may be immediate.
      ...when(withoutPause > 1, `${withoutPause} tries came without a pause after a failure`),
    ];
  },
};
