import { availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

/** The average load of the last minute: what else ran. */
export function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}

/** Where and when something was measured. */
export function machineFacts() {
  return {
    node: process.version,
    platform: platform(),
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    measuredAt: new Date().toISOString(),
  };
}
