import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LiveKitAddress } from './livekit/address.js';
import { parseLogLines, type LogLine } from './log-lines.js';
import { freeTcpPort } from './ports.js';
import { startProcess, type ProcessExit, type StopStep } from './process.js';

const READY_DEADLINE_MS = 60_000;
const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** How each mode is asked to end: SIGTERM; in `start` that only begins to drain, and SIGINT then closes the calls. */
const STOP_STEPS: Readonly<Record<WorkerMode, readonly StopStep[]>> = {
  dev: [{ signal: 'SIGTERM', waitMs: 10_000 }],
  start: [
    { signal: 'SIGTERM', waitMs: 1000 },
    { signal: 'SIGINT', waitMs: 10_000 },
  ],
};

/** The framework's two ways of running a worker: one process a call on demand, or kept warm. */
export type WorkerMode = 'dev' | 'start';

/** What {@link startWorker} must and may be told. */
export interface WorkerOptions {
  readonly mode: WorkerMode;
  readonly livekit: Pick<LiveKitAddress, 'url' | 'apiKey' | 'apiSecret'>;
  /** Added to our own environment, e.g. OPENAI_API_KEY, DATA_DIR. */
  readonly env?: Readonly<Record<string, string>>;
  /** The built agent. Default: dist/agent.js. */
  readonly entry?: string | undefined;
  /** Keeps everything the worker and its jobs print. */
  readonly logFile?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A worker that is registered with LiveKit. */
export interface Worker extends AsyncDisposable {
  readonly pid: number;
  /** Its health address: 200 while it is connected to LiveKit; `/worker` says more. */
  readonly healthUrl: string;
  /** Everything the worker and its job processes have printed so far. */
  output(): string;
  /** What of it was JSON, parsed. */
  lines(): LogLine[];
  /** Resolves when the worker's main process has ended, whoever ended it. */
  readonly exited: Promise<ProcessExit>;
  /** Ends it and its job processes. Without a signal: the quick orderly way of its mode. */
  stop(signal?: NodeJS.Signals): Promise<ProcessExit>;
}

/**
 * Runs `node dist/agent.js <mode>` and resolves when the worker is registered.
 *
 * @throws Error when the agent is not built, or with the worker's last lines when it does not register.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const entry = options.entry ?? join(REPOSITORY, 'dist/agent.js');
  await access(entry).catch((cause: unknown) => {
    throw new Error(`${entry} is missing. Build the agent first: npm run build.`, { cause });
  });
  const port = await freeTcpPort();
  const worker = await startProcess({
    name: 'the worker',
    command: process.execPath,
    args: [entry, options.mode],
    cwd: REPOSITORY,
    env: {
      ...process.env,
      LIVEKIT_URL: options.livekit.url,
      LIVEKIT_API_KEY: options.livekit.apiKey,
      LIVEKIT_API_SECRET: options.livekit.apiSecret,
      ALLOW_SIMULATOR: 'true',
      WORKER_HOST: '127.0.0.1',
      WORKER_PORT: String(port),
      ...options.env,
    },
    stopSteps: STOP_STEPS[options.mode],
    logFile: options.logFile,
    signal: options.signal,
  });
  try {
    await worker.waitForLine((line) => line.includes('registered worker'), {
      deadlineMs: READY_DEADLINE_MS,
      what: 'its registration with LiveKit',
      signal: options.signal,
    });
  } catch (error) {
    await worker.stop();
    throw error;
  }
  return {
    pid: worker.pid,
    healthUrl: `http://127.0.0.1:${String(port)}/`,
    output: () => worker.output.lines().join('\n'),
    lines: () => parseLogLines(worker.output.lines()),
    exited: worker.exited,
    stop: (signal) => worker.stop(signal),
    [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
  };
}
