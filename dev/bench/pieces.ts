import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  compileAgent,
  startLiveKit,
  startSimulatorProcess,
  startWorker,
  type LiveKit,
  type SimulatorProcess,
} from '../stack/index.js';
import { Endings } from '../demo/endings.js';
import { Subject, type SubjectName } from './subject.js';

/** What the simulated model is like in every measurement: without chance. */
export const STEADY_MODEL = {
  SIMULATOR_LATENCY_HANDSHAKE_MS: '300',
  SIMULATOR_LATENCY_FIRST_AUDIO_MS: '400',
  SIMULATOR_LATENCY_TRANSCRIPTION_MS: '250',
  SIMULATOR_LATENCY_JITTER_MS: '0',
};
const MODEL = {
  ...STEADY_MODEL,
  SIMULATOR_SCENARIO: fileURLToPath(new URL('scenario.yaml', import.meta.url)),
};

/** Everything a measurement needs, running. */
export interface BenchPieces extends AsyncDisposable {
  readonly livekit: LiveKit;
  readonly simulator: SimulatorProcess;
  readonly ours: Subject;
  readonly bare: Subject;
}

export interface BenchPiecesOptions {
  /** Our agent as it is run. Default: dist/agent.js. */
  readonly entry: string | undefined;
  readonly say: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Starts one LiveKit server, one simulator and both workers, all of which use them. */
export function startBench(options: BenchPiecesOptions): Promise<BenchPieces> {
  return Endings.wholeOrNothing((endings) => startWith(endings, options));
}

async function startWith(
  endings: Endings,
  { entry, say, signal }: BenchPiecesOptions,
): Promise<BenchPieces> {
  const dataDir = await mkdtemp(join(tmpdir(), 'steadfast-bench-'));
  endings.add({ stop: () => rm(dataDir, { recursive: true, force: true, maxRetries: 3 }) });
  const livekit = endings.add(await startLiveKit({ onProgress: say, signal }));
  const simulator = endings.add(await startSimulatorProcess({ env: MODEL, signal }));
  const bareAgent = await compileAgent('dev/fault-matrix/bare-agent.ts');
  endings.add({ stop: async () => bareAgent[Symbol.asyncDispose]() });

  const start = async (name: SubjectName, program: string | undefined): Promise<Subject> => {
    const env = {
      ...simulator.agentEnv,
      AGENT_NAME: name,
      DATA_DIR: dataDir,
      LOG_FORMAT: 'json',
      // Whoever leaves is not waited for.
      REJOIN_GRACE: '0s',
    };
    return new Subject(
      name,
      endings.add(await startWorker({ mode: 'start', livekit, entry: program, env, signal })),
    );
  };
  return {
    livekit,
    simulator,
    ours: await start('ours', entry),
    bare: await start('bare', bareAgent.entry),
    [Symbol.asyncDispose]: () => endings.run(),
  };
}
