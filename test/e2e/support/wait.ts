import { vi } from 'vitest';

/** Polls what sends no event (processes, files) until it holds; fails saying what was waited for. */
export async function waitUntil(
  holds: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 30_000,
): Promise<void> {
  await vi.waitFor(
    async () => {
      if (!(await holds())) {
        throw new Error(`still waiting for ${what}`);
      }
    },
    { timeout: timeoutMs, interval: 50 },
  );
}
