import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLiveKit, type LiveKitOptions } from './livekit.js';
import type { LiveKitAddress } from './livekit/address.js';
import { startSimulatorProcess, type SimulatorProcess } from './simulator.js';
import { startWorker, type Worker, type WorkerMode } from './worker.js';

/** What {@link startStack} may be told; everything has a default. */
export interface StackOptions {
  /** Use this server, and leave it running at the end. Default: one is started. */
  readonly livekit?: LiveKitAddress;
  /** Default: `dev`. */
  readonly mode?: WorkerMode;
  /** Added to the worker's environment. */
  readonly workerEnv?: Readonly<Record<string, string>>;
  /** Added to the simulator's environment. */
  readonly simulatorEnv?: Readonly<Record<string, string>>;
  /** The built agent. Default: dist/agent.js. */
  readonly entry?: string;
  /** The worker's DATA_DIR, kept at the end. Default: a new folder, removed at the end. */
  readonly dataDir?: string;
  readonly onProgress?: LiveKitOptions['onProgress'];
  readonly signal?: AbortSignal | undefined;
}

/** LiveKit, simulator and worker, running together. */
export interface Stack extends AsyncDisposable {
  readonly livekit: LiveKitAddress;
  readonly simulator: SimulatorProcess;
  readonly worker: Worker;
  /** Where the worker keeps its calls; `logs/` in it holds what each piece has printed. */
  readonly dataDir: string;
  /** Ends the pieces in the reverse order of their start. */
  stop(): Promise<void>;
}

/**
 * Starts a LiveKit server, the simulator and a worker that uses both. When one fails to start, those
 * already running are ended.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { signal } = options;
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'steadfast-')));
  const logFile = (name: string): string => join(dataDir, 'logs', `${name}.log`);
  const endings: (() => Promise<unknown>)[] = [];
  if (options.dataDir === undefined) {
    endings.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 3 }));
  }
  const stop = async (): Promise<void> => {
    for (const end of endings.splice(0).reverse()) {
      await end();
    }
  };
  try {
    let { livekit } = options;
    if (livekit === undefined) {
      const { onProgress } = options;
      const server = await startLiveKit({ onProgress, logFile: logFile('livekit'), signal });
      endings.push(() => server.stop());
      livekit = server;
    }
    const simulator = await startSimulatorProcess({
      env: options.simulatorEnv ?? {},
      logFile: logFile('simulator'),
      signal,
    });
    endings.push(() => simulator.stop());
    const worker = await startWorker({
      mode: options.mode ?? 'dev',
      livekit,
      env: {
        ...simulator.agentEnv,
        DATA_DIR: dataDir,
        ...options.workerEnv,
      },
      entry: options.entry,
      logFile: logFile('worker'),
      signal,
    });
    endings.push(() => worker.stop());
    return { livekit, simulator, worker, dataDir, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
