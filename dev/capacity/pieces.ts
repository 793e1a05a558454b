import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STEADY_MODEL } from '../bench/pieces.js';
import { Subject } from '../bench/subject.js';
import { Endings } from '../demo/endings.js';
import { freeTcpPort } from '../stack/ports.js';
import {
  startLiveKit,
  startSimulatorProcess,
  startWorker,
  type LiveKit,
  type SimulatorProcess,
} from '../stack/index.js';
import { SCENARIO_FILE } from './lines.js';

export const AGENT_NAME = 'capacity';

const MODEL = { ...STEADY_MODEL, SIMULATOR_SCENARIO: fileURLToPath(SCENARIO_FILE) };

/** Everything that a call needs, on this machine; the callers are in our own process. */
export interface CapacityPieces extends AsyncDisposable {
  readonly livekit: LiveKit;
  readonly simulator: SimulatorProcess;
  readonly agent: Subject;
  /** Where the worker tells its metrics. */
  readonly metricsUrl: string;
}

export interface CapacityPiecesOptions {
  /** The most calls at once. */
  readonly maxCalls: number;
  /** The agent as it is run. Default: dist/agent.js. */
  readonly entry: string | undefined;
  readonly say: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Starts a LiveKit server, a simulator and one worker. */
export function startPieces(options: CapacityPiecesOptions): Promise<CapacityPieces> {
  return Endings.wholeOrNothing((endings) => startWith(endings, options));
}

async function startWith(
  endings: Endings,
  { maxCalls, entry, say, signal }: CapacityPiecesOptions,
): Promise<CapacityPieces> {
  const dataDir = await mkdtemp(join(tmpdir(), 'steadfast-capacity-'));
  endings.add({ stop: () => rm(dataDir, { recursive: true, force: true, maxRetries: 3 }) });
  const livekit = endings.add(await startLiveKit({ onProgress: say, signal }));
  const simulator = endings.add(await startSimulatorProcess({ env: MODEL, signal }));
  const opsPort = await freeTcpPort();
  const worker = endings.add(
    await startWorker({
      mode: 'start',
      livekit,
      entry,
      env: {
        ...simulator.agentEnv,
        AGENT_NAME,
        MAX_CALLS: String(maxCalls),
        OPS_PORT: String(opsPort),
        DATA_DIR: dataDir,
        LOG_FORMAT: 'json',
        // Whoever leaves is not waited for.
        REJOIN_GRACE: '0s',
      },
      signal,
    }),
  );
  return {
    livekit,
    simulator,
    agent: new Subject('ours', worker),
    metricsUrl: `http://127.0.0.1:${opsPort}/metrics`,
    [Symbol.asyncDispose]: () => endings.run(),
  };
}
