import { execFileSync } from 'node:child_process';
import { isAlive } from '../../dev/stack/support/processes.js';
import { waitUntil } from './wait.js';

/** Pids of the job processes of a worker: its children that run a job, not the framework's inference. */
export function jobProcesses(workerPid: number): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return table.split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    const isJob = Number(parent) === workerPid && command?.includes('job_proc') === true;
    return isJob ? [Number(pid)] : [];
  });
}

/** Waits until none of the processes is left. */
export async function exits(pids: readonly number[]): Promise<void> {
  await waitUntil(() => !pids.some(isAlive), `the end of the processes ${pids.join(', ')}`);
}
