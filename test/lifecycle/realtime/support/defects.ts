import { setTimeout } from 'node:timers/promises';
import type { ClientSockets } from './client-sockets.js';
import type { Supervised } from './supervised.js';

/** In a second of attack the budget's six in a minute, and one for each completed response. */
const MOST_ATTEMPTS = 16;
/** Quoted by the faults in support/any-fault.ts. */
const KEY = 'abcdef123456';

/** What must never be, whatever a service does. @param told what listeners for errors were told */
export function defects(
  call: Supervised,
  sockets: ClientSockets,
  told: readonly string[],
): string[] {
  const found: string[] = [];
  const texts = [
    ...told,
    ...call.gaveUp.map(String),
    ...call.errors.map(({ error }) => `${String(error)} ${error.stack ?? ''}`),
    ...call.reconnecting.map(({ cause }) => String(cause)),
  ];
  if (texts.some((text) => text.includes(KEY))) {
    found.push('a key was told');
  }
  if (sockets.peak > 1) {
    found.push(`${sockets.peak} sockets at once`);
  }
  if (call.attempts > MOST_ATTEMPTS) {
    found.push(`${call.attempts} attempts`);
  }
  if (call.gaveUp.length > 1 || call.fatal.length > 1) {
    found.push('the end was told twice');
  }
  found.push(
    ...call.unhandled.mock.calls.map(
      ([error]) =>
        `unhandled: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    ),
  );
  return found;
}

/** @throws Error after `ms`. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = new AbortController();
  try {
    return await Promise.race([
      work,
      elapsed(ms, late.signal).then(() => {
        throw new Error('too late');
      }),
    ]);
  } finally {
    late.abort();
  }
}

/** An attack takes its time: there is no event that says that nothing happens. */
export async function elapsed(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, signal ? { signal } : {});
}
