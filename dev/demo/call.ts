import { describeEvent, runScriptedCall, type CallReport } from '../caller/index.js';
import type { DemoArgs } from './args.js';
import type { Pieces } from './pieces.js';
import type { Steps } from './steps.js';

/** Holds a scripted call and shows it while it happens. Takes about a minute. */
export function holdCall(
  pieces: Pieces,
  { language, interview }: DemoArgs,
  steps: Steps,
  signal: AbortSignal,
): Promise<CallReport> {
  const { livekit, agentName, simulator, dataDir } = pieces;
  return runScriptedCall({
    livekit,
    agentName,
    language,
    interview,
    dataDir,
    ...(simulator === null ? {} : { control: simulator.control }),
    onEvent: (event) => steps.say(describeEvent(event)),
    signal,
  });
}
