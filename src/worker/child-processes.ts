import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Node's own channel: every child process that this process starts is published on it. */
const CHILD_PROCESSES = 'child_process';

/** Tells of every child process that this process starts from now on; answers how to stop. */
export function watchChildProcesses(onChild: (child: ChildProcess) => void): () => void {
  const listener = (message: unknown): void => {
    if (isChildMessage(message)) {
      onChild(message.process);
    }
  };
  subscribe(CHILD_PROCESSES, listener);
  return () => {
    unsubscribe(CHILD_PROCESSES, listener);
  };
}

function isChildMessage(message: unknown): message is { process: ChildProcess } {
  return typeof message === 'object' && message !== null && 'process' in message;
}
