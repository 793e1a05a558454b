import { collectGarbage } from './garbage.js';

/** What a process has, in megabytes. */
export interface MemoryNow {
  readonly rssMb: number;
  /** Objects that are in use: counted after a collection. */
  readonly heapMb: number;
  /** Buffers that belong to objects. */
  readonly externalMb: number;
}

/** Collects garbage, and measures this process. */
export function memoryNow(): MemoryNow {
  collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssMb: inMb(rss), heapMb: inMb(heapUsed), externalMb: inMb(external) };
}

function inMb(bytes: number): number {
  return Math.round((bytes / 2 ** 20) * 1000) / 1000;
}
