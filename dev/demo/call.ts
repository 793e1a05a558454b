import { describeEvent, runScriptedCall } from '../caller/index.js';
import type { DemoArgs } from './args.js';
import type { Pieces } from './pieces.js';
import { withRecords, type DemoReport } from './records.js';
import type { Steps } from './steps.js';

/** Whom the simulator's caller speaks as (candidates/). */
const CANDIDATES: Readonly<Record<string, string>> = { en: 'sam-carter', ru: 'petr-orlov' };

/** Holds a scripted call, shows it while it happens, and waits for what it leaves behind. Takes about two minutes. */
export async function holdCall(
  pieces: Pieces,
  { language, interview }: DemoArgs,
  steps: Steps,
  signal: AbortSignal,
): Promise<DemoReport> {
  const { livekit, agentName, simulator, dataDir, receiver } = pieces;
  const candidate = CANDIDATES[language];
  const call = await runScriptedCall({
    livekit,
    agentName,
    language,
    interview,
    ...(candidate === undefined ? {} : { candidate }),
    dataDir,
    ...(simulator === null ? {} : { control: simulator.control }),
    onEvent: (event) => steps.say(describeEvent(event)),
    signal,
  });
  return signal.aborted ? { ...call, records: null } : withRecords(call, dataDir, receiver, steps);
}
