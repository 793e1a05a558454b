import { loadNow } from '../bench/machine.js';
import type { CapacityArgs } from './args.js';
import { prepareLines } from './lines.js';
import { measureStep, type MeasuredStep } from './measure-step.js';
import { startPieces } from './pieces.js';
import { capacityResult, judgedStep, percent, type CapacityResult } from './result.js';
import type { TalkingCaller } from './talking-caller.js';

/** The whole run ends by itself after this, with what it has: no step is begun that might not end in time. */
const RUN_MS = 6 * 60_000;
/** What a step takes besides listening: callers who join, processes that start. */
const JOINING_MS = 25_000;
/** Ending the calls, their records, and every process. */
const ENDING_MS = 30_000;

/** Adds callers, step by step, until a step is too much or there is no time for another. */
export async function runCapacity(
  { steps, listenMs, entry }: Pick<CapacityArgs, 'steps' | 'listenMs' | 'entry'>,
  say: (message: string) => void,
  interrupted: AbortSignal,
): Promise<CapacityResult> {
  const loadBefore = loadNow();
  const deadlineAtMs = performance.now() + RUN_MS - ENDING_MS;
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(RUN_MS)]);
  const lines = await prepareLines();
  const speechOfAnswerMs = lines.reply.heardMs;
  say('Starting LiveKit, the simulator and the worker …');
  const maxCalls = steps.at(-1) ?? 1;
  await using pieces = await startPieces({ maxCalls, entry, say, signal });
  const callers: TalkingCaller[] = [];
  const measured: MeasuredStep[] = [];
  try {
    for (const calls of steps) {
      if (performance.now() + JOINING_MS + listenMs > deadlineAtMs) {
        say(`There is no time left for ${calls} calls.`);
        break;
      }
      const step = await measureStep({ pieces, lines, callers, calls, listenMs, signal });
      measured.push(step);
      const { ok, answers, gapShare, concealedShare, problems } = judgedStep(
        step,
        speechOfAnswerMs,
      );
      const lost = percent(gapShare + concealedShare);
      say(`${calls} calls: ${answers} answers, ${lost} lost${ok ? '' : `: ${problems.join(' ')}`}`);
      if (!ok) {
        break;
      }
    }
  } finally {
    await Promise.allSettled(callers.map((caller) => caller.leave()));
  }
  return capacityResult(measured, speechOfAnswerMs, loadBefore);
}
