/** What can happen to a supervisor, or be told by it. */
export type Told =
  | 'attempt'
  | 'open'
  | 'completed'
  | 'lost'
  | 'renewed'
  | 'reconnecting'
  | 'reconnected'
  | 'a reply failed'
  | 'gave up'
  | 'closing';

export type Log = readonly { readonly what: Told; readonly atMs: number }[];

/**
 * The most attempts within any span of `ms`. Not counted are renewals, and as many as there were events that give one
 * back.
 */
export function mostWithin(log: Log, ms: number, givesBack?: Told): number {
  const spans = log.map(({ atMs: fromMs }) => {
    const within = log.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + ms);
    const count = (of: Told): number => within.filter(({ what }) => what === of).length;
    return count('attempt') - count('renewed') - (givesBack ? count(givesBack) : 0);
  });
  return Math.max(0, ...spans);
}

/** The most attempts in a row that failed to open or died within 15 s without a completed response. */
export function attemptsInARow(log: Log): number {
  let most = 0;
  let inARow = 0;
  let openedMs: number | undefined;
  for (const { what, atMs } of log) {
    const wasStable = openedMs !== undefined && atMs - openedMs >= 15_000;
    if (what === 'attempt') {
      inARow += 1;
      most = Math.max(most, inARow);
    } else if (what === 'open') {
      openedMs = atMs;
    } else if (what === 'completed' || (what === 'lost' && wasStable)) {
      inARow = 0;
    } else if (what === 'renewed') {
      inARow = Math.max(0, inARow - 1);
    }
  }
  return most;
}

/** The longest time without a connection, from the first attempt, a loss or a renewal to an open one or the end. */
export function longestOutageMs(log: Log): number {
  let longest = 0;
  let sinceMs: number | undefined;
  for (const { what, atMs } of log) {
    if (['open', 'lost', 'renewed', 'gave up', 'closing'].includes(what)) {
      longest = Math.max(longest, sinceMs === undefined ? 0 : atMs - sinceMs);
      sinceMs = undefined;
    }
    if (what === 'attempt' || what === 'lost' || what === 'renewed') {
      sinceMs ??= atMs;
    }
  }
  return longest;
}
