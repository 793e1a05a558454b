export interface PulseEvents {
  /** The event loop stood still this long, in milliseconds. */
  readonly stalled: (stalledMs: number) => void;
  /** Resident memory, in megabytes, has outgrown its limit. Called once. */
  readonly outgrown: (usedMb: number) => void;
}

export interface Vitals {
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number;
  /** Resident memory in bytes. */
  readonly residentBytes: () => number;
}

const PROCESS: Vitals = {
  now: () => performance.now(),
  residentBytes: () => process.memoryUsage.rss(),
};

const BEAT_MS = 500;
/** A caller takes a pause of this length for the end. The framework logs shorter ones, from 100 ms on. */
const STALL_MS = 1_000;
/** A process that stalls again and again is told of this often at most. */
const TELL_EVERY_MS = 30_000;
const MEGABYTE = 2 ** 20;

/**
 * Feels the process's pulse twice a second: whether the event loop stood still, and whether memory has outgrown its
 * limit, in megabytes. Answers how to stop.
 */
export function watchPulse(
  memoryLimitMb: number,
  { stalled, outgrown }: PulseEvents,
  { now, residentBytes }: Vitals = PROCESS,
): () => void {
  let lastBeatMs = now();
  let toldMs = -Infinity;
  let isOutgrown = false;
  const timer = setInterval(() => {
    const beatMs = now();
    const stalledMs = beatMs - lastBeatMs - BEAT_MS;
    lastBeatMs = beatMs;
    if (stalledMs >= STALL_MS && beatMs - toldMs >= TELL_EVERY_MS) {
      toldMs = beatMs;
      stalled(stalledMs);
    }
    const usedMb = residentBytes() / MEGABYTE;
    if (usedMb > memoryLimitMb && !isOutgrown) {
      isOutgrown = true;
      outgrown(usedMb);
    }
  }, BEAT_MS);
  timer.unref();
  return () => clearInterval(timer);
}
