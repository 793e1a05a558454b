/** The buttons that break the model's service, in the panel's only language. */
export const FAULT_WORDS: Readonly<Record<string, string>> = {
  cut: 'Cut the socket',
  'cut-mid-reply': 'Cut it in mid-reply',
  'going-away': 'Close it: going away',
  'session-expired': 'Session expired',
  'half-open': 'Freeze it: half open',
  silent: 'Fall silent',
  'reply-stalls': 'Stall in mid-reply',
  'no-reply': 'Ignore the next turn',
  'rate-limit': 'Rate limit, once',
  'refuse-twice': 'Refuse twice, then work',
  'slow-door': 'Open slowly: 4.5 s',
  quota: 'Quota spent',
  'wrong-key': 'Key refused',
  outage: 'Outage: 503 for good',
};

/** Milliseconds for people. */
export function duration(ms: number): string {
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  const seconds = ms / 1000;
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
