import { log } from '@livekit/agents';
import type { Config } from '../config/schema.js';
import type { InterviewLibrary } from '../interview/plan.js';
import { reportSubject } from '../interview/report-subject.js';
import type { RecordKeeper } from '../records/keeper/index.js';
import { watchEndedProcesses } from './child-processes.js';

/**
 * Answers how to begin with finishing the records of calls, in the worker's main process: those of this worker as their
 * processes end, and those that somebody left behind. Nothing that goes wrong there reaches the worker.
 *
 * @param onFinished told of each call whose folder is complete
 */
export function keepRecords(
  config: Config,
  interviews: InterviewLibrary,
  onFinished?: (callId: string) => void,
): () => void {
  return () => {
    const keeper = makeKeeper(config, interviews, onFinished);
    keeper.then(
      (it) => it.start(),
      (error: unknown) => log().error({ error }, 'records of calls cannot be finished here'),
    );
    watchEndedProcesses(({ callId, pid }) => {
      if (callId !== undefined) {
        void endOf(callId, pid, keeper);
      }
    });
  };
}

async function endOf(
  callId: string,
  pid: number | undefined,
  keeper: Promise<RecordKeeper>,
): Promise<void> {
  try {
    await (await keeper).callEnded(callId, pid);
  } catch {
    // Logged already: there is no keeper.
  }
}

async function makeKeeper(
  { dataDir, openai }: Config,
  interviews: InterviewLibrary,
  onFinished: (callId: string) => void = () => undefined,
): Promise<RecordKeeper> {
  const { recordKeeper } = await import('../records/keeper/index.js');
  return recordKeeper({
    dataDir,
    realtimeModel: openai.realtimeModel,
    textModel: { apiKey: openai.apiKey, baseURL: openai.baseURL, model: openai.reportModel },
    subjectOf: (id) => {
      const plan = interviews.get(id);
      return plan === undefined ? undefined : reportSubject(plan);
    },
    onFinished: (callId) => {
      log().info({ callId }, 'the records of the call are complete');
      onFinished(callId);
    },
    onProblem: (callId, problem, error) => {
      log().warn({ callId, error }, problem);
    },
  });
}
