import { log } from '@livekit/agents';
import type { ChildProcess } from 'node:child_process';
import { announcedCall } from '../lifecycle/call-announcement.js';
import { watchChildProcesses } from './child-processes.js';

/** Logs every job process that ends with an error or by a signal: the framework says nothing. Answers how to stop. */
export function logLostProcesses(): () => void {
  return watchChildProcesses((child: ChildProcess) => {
    let callId: string | undefined;
    child.on('message', (message) => {
      callId ??= announcedCall(message);
    });
    child.once('exit', (code, signal) => {
      if (code === 0) {
        return;
      }
      const fields = { pid: child.pid, code, signal };
      if (callId === undefined) {
        log().warn(
          fields,
          'a child process without a call ended with an error; another takes its place',
        );
      } else {
        log().error(
          { callId, ...fields },
          'the process of a call ended before the call was closed',
        );
      }
    });
  });
}
