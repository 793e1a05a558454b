import type { Caller } from '../../caller/index.js';
import type { BenchPieces } from '../pieces.js';
import type { Subject, WorkerProcesses } from '../subject.js';
import { call, CALLER_LINE } from './call.js';

const HEARD_WITHIN_MS = 30_000;
const SILENCE_MS = 500;

/** The worker's processes while it carries `count` calls, each of which has greeted and answered once. */
export async function measureFurtherCalls(
  pieces: BenchPieces,
  subject: Subject,
  count: number,
): Promise<WorkerProcesses> {
  const callers: Caller[] = [];
  try {
    for (let at = 0; at < count; at += 1) {
      const caller = await call(pieces, subject);
      callers.push(caller);
      await caller.agentVoice.waitForVoice({ timeoutMs: HEARD_WITHIN_MS });
    }
    for (const { agentVoice } of callers) {
      await agentVoice.waitForQuiet({ quietMs: SILENCE_MS, timeoutMs: HEARD_WITHIN_MS });
    }
    for (const caller of callers) {
      const since = caller.agentVoice.mark();
      await caller.say(CALLER_LINE);
      await caller.agentVoice.waitForVoice({ since, timeoutMs: HEARD_WITHIN_MS });
    }
    return await subject.processes();
  } finally {
    await Promise.all(callers.map((caller) => caller.leave()));
  }
}
