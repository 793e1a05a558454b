import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { announcedCall } from '../lifecycle/call-announcement.js';

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

/** A child process that is gone, and the call that it carried, if it said so. */
export interface EndedProcess {
  readonly pid: number | undefined;
  readonly callId: string | undefined;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Tells of the end of every child process that this process starts from now on; answers how to stop. */
export function watchEndedProcesses(onEnd: (ended: EndedProcess) => void): () => void {
  return watchChildProcesses((child) => {
    let callId: string | undefined;
    child.on('message', (message) => {
      callId ??= announcedCall(message);
    });
    child.once('exit', (code, signal) => onEnd({ pid: child.pid, callId, code, signal }));
  });
}

function isChildMessage(message: unknown): message is { process: ChildProcess } {
  return typeof message === 'object' && message !== null && 'process' in message;
}
