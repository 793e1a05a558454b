import { log } from '@livekit/agents';
import type { Config } from '../config/schema.js';
import type { InterviewLibrary } from '../interview/plan.js';
import { reportSubject } from '../interview/report-subject.js';
import { aborted } from '../lifecycle/pause.js';
import type { RecordKeeper } from '../records/keeper/index.js';
import type { BesideCalls } from './beside-calls.js';
import { watchEndedProcesses } from './child-processes.js';

/**
 * Finishes the records of calls, in the worker's main process: those of this worker as their processes end, and those
 * that somebody left behind. Nothing that goes wrong there reaches the worker.
 *
 * @param onFinished told of each call whose folder is complete
 */
export function keepRecords(
  config: Config,
  interviews: InterviewLibrary,
  onFinished?: (callId: string) => void,
): BesideCalls {
  let keeper: Promise<RecordKeeper | undefined> = Promise.resolve(undefined);
  const ends = new Set<Promise<void>>();
  return {
    begin() {
      keeper = makeKeeper(config, interviews, onFinished).catch((error: unknown) => {
        log().error({ error }, 'records of calls cannot be finished here');
        return undefined;
      });
      void keeper.then((it) => it?.start());
      watchEndedProcesses(({ callId, pid }) => {
        if (callId !== undefined) {
          const end = keeper.then((it) => it?.callEnded(callId, pid));
          ends.add(end);
          void end.finally(() => ends.delete(end));
        }
      });
    },
    async finish(signal) {
      await Promise.race([Promise.all(ends), aborted(signal)]);
      await (await keeper)?.stop();
    },
  };
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
