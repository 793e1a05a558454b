import { watchdog } from './watchdog.js';

/** What the registry must know of a process: how to end it at once. */
export interface Endable {
  readonly pid: number;
  kill(): void;
}

const running = new Set<Endable>();

/** Takes note of a process that leads a group. */
export function register(started: Endable): void {
  if (running.size === 0) {
    process.on('exit', killAllProcesses);
  }
  running.add(started);
  watchdog.add(started.pid);
}

/** Forgets a process whose whole group has ended. */
export function unregister(ended: Endable): void {
  if (!running.delete(ended)) {
    return;
  }
  watchdog.remove(ended.pid);
  if (running.size === 0) {
    process.off('exit', killAllProcesses);
  }
}

/** Ends every process still registered at once, without waiting. */
export function killAllProcesses(): void {
  for (const started of running) {
    started.kill();
  }
}
