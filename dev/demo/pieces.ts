import { join } from 'node:path';
import { startLiveKit, startSimulatorProcess, startWorker } from '../stack/index.js';
import type { LiveKit, SimulatorProcess, Worker } from '../stack/index.js';
import type { Endings } from './endings.js';
import type { Steps } from './steps.js';

/** Everything a call needs, running. */
export interface Pieces {
  readonly livekit: LiveKit;
  /** Null when the real model speaks. */
  readonly simulator: SimulatorProcess | null;
  readonly worker: Worker;
  readonly agentName: string;
  readonly dataDir: string;
}

/** Where the pieces start: the environment, the folder for what they leave behind, and who wants them to stop. */
export interface PiecesContext {
  readonly env: NodeJS.ProcessEnv;
  readonly dataDir: string;
  readonly steps: Steps;
  readonly endings: Endings;
  readonly signal: AbortSignal;
}

/**
 * Starts LiveKit, the simulator (only without a key for the real model) and the worker. Whatever was started
 * is in `endings`, also when a later piece fails.
 */
export async function startPieces(context: PiecesContext): Promise<Pieces> {
  const { env, dataDir, steps, endings, signal } = context;
  const logFile = (name: string): string => join(dataDir, 'logs', `${name}.log`);
  const livekit = endings.add(
    await steps.run(
      'LiveKit server',
      (onProgress) => startLiveKit({ env, onProgress, logFile: logFile('livekit'), signal }),
      ({ origin, url }) => `${origin}, ${url}`,
    ),
  );
  const simulator = hasKey(env) ? null : await startSimulator(context, logFile('simulator'));
  const worker = endings.add(
    await steps.run(
      'Agent',
      () =>
        startWorker({
          mode: 'dev',
          livekit,
          env: { DATA_DIR: dataDir, ...modelEnv(simulator) },
          logFile: logFile('worker'),
          signal,
        }),
      () => `registered, its log is ${logFile('worker')}`,
    ),
  );
  return { livekit, simulator, worker, agentName: env['AGENT_NAME'] ?? 'interviewer', dataDir };
}

function hasKey(env: NodeJS.ProcessEnv): boolean {
  return (env['OPENAI_API_KEY'] ?? '').trim() !== '';
}

async function startSimulator(
  { steps, endings, signal }: PiecesContext,
  logFile: string,
): Promise<SimulatorProcess> {
  return endings.add(
    await steps.run(
      'Model simulator',
      () => startSimulatorProcess({ logFile, signal }),
      ({ baseURL }) => baseURL,
    ),
  );
}

function modelEnv(simulator: SimulatorProcess | null): Record<string, string> {
  return simulator === null
    ? {}
    : {
        OPENAI_API_KEY: simulator.apiKey,
        OPENAI_BASE_URL: simulator.baseURL,
        SIMULATED_MODEL: 'true',
      };
}
