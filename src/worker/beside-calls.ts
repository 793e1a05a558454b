import { beforeExit } from '../lifecycle/process-guard.js';

/** Something that runs in the worker's main process, beside its calls. */
export interface BesideCalls {
  /** Called once, when the worker begins. */
  begin(): void;
  /** Called when the worker is told to stop. */
  stopping?(): void;
  /**
   * Does what is left to do when the last call is closed, and ends. What is not done when the signal aborts is left to the
   * next worker. Never rejects.
   */
  finish(signal: AbortSignal): Promise<void>;
}

/** How long the worker lives on, after its last call, for what runs beside its calls. Long enough for a report by the text model, as a rule. */
export const FINISH_MS = 15_000;
/** Whatever does not listen to the signal is left as it is. */
const BREAK_OFF_MS = 2_000;

/** How long the end of the worker waits for all of it, at most. */
export const BESIDE_MS = FINISH_MS + BREAK_OFF_MS;

/** Begins what runs beside the calls, in this order, and has the worker's end wait for it, in the opposite order. */
export function runBeside(all: readonly BesideCalls[]): void {
  for (const one of all) {
    one.begin();
  }
  beforeExit(async () => {
    const signal = AbortSignal.timeout(FINISH_MS);
    for (const one of all.toReversed()) {
      await one.finish(signal);
    }
  }, BESIDE_MS);
}
