import { log } from '@livekit/agents';
import { watchEndedProcesses } from './child-processes.js';

/** Logs every job process that ends with an error or by a signal: the framework says nothing. Answers how to stop. */
export function logLostProcesses(): () => void {
  return watchEndedProcesses(({ callId, code, ...ended }) => {
    if (code === 0) {
      return;
    }
    const fields = { ...ended, code };
    if (callId === undefined) {
      log().warn(
        fields,
        'a child process without a call ended with an error; another takes its place',
      );
    } else {
      log().error({ callId, ...fields }, 'the process of a call ended before the call was closed');
    }
  });
}
