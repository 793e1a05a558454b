import { log } from '@livekit/agents';

/**
 * Runs code of others from within a socket's event, where a throw would end the process (realtime-faults facts, U5).
 * What it throws is logged, and what comes after it is done all the same.
 *
 * @returns whether all went well
 */
export function safely(what: string, work: () => void): boolean {
  try {
    work();
    return true;
  } catch (thrown) {
    const error = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    log().error({ error }, `${what} threw`);
    return false;
  }
}
