import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { SimulatorControl } from '../realtime-simulator/control-client.js';
import { startProcess } from './process.js';

const READY_DEADLINE_MS = 30_000;
const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** The first line `dev/realtime-simulator/main.ts --json` prints. */
const announcement = z.object({
  url: z.url(),
  baseURL: z.url(),
  controlToken: z.string().min(1),
});

/** What {@link startSimulatorProcess} may be told. */
export interface SimulatorProcessOptions {
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Keeps everything the simulator prints. */
  readonly logFile?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The realtime simulator in a process of its own. */
export interface SimulatorProcess extends AsyncDisposable {
  /** What OPENAI_BASE_URL must be for a client to talk with it. */
  readonly baseURL: string;
  /** What OPENAI_API_KEY must be. */
  readonly apiKey: string;
  /** What an agent that is to talk with it is started with: both of them, and that no model is speaking. */
  readonly agentEnv: Readonly<Record<string, string>>;
  /** What it has seen, and the faults it is to play. */
  readonly control: SimulatorControl;
  readonly pid: number;
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts the simulator on a free loopback port.
 *
 * @throws Error with its last lines when it does not come up within 30 s.
 */
export async function startSimulatorProcess(
  options: SimulatorProcessOptions = {},
): Promise<SimulatorProcess> {
  const apiKey = options.env?.['SIMULATOR_API_KEY'] ?? 'sk-simulator';
  const simulator = await startProcess({
    name: 'the realtime simulator',
    command: process.execPath,
    args: ['--import', 'tsx', 'dev/realtime-simulator/main.ts', '--port', '0', '--json'],
    cwd: REPOSITORY,
    env: { ...process.env, SIMULATOR_API_KEY: apiKey, ...options.env },
    logFile: options.logFile,
    signal: options.signal,
  });
  const stop = (): Promise<void> => simulator.stop().then(() => undefined);
  try {
    const line = await simulator.waitForLine((next) => next.startsWith('{'), {
      deadlineMs: READY_DEADLINE_MS,
      what: 'its address',
      signal: options.signal,
    });
    const { url, baseURL, controlToken } = announcement.parse(JSON.parse(line));
    return {
      baseURL,
      apiKey,
      agentEnv: { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL, SIMULATED_MODEL: 'true' },
      control: new SimulatorControl({ url, token: controlToken }),
      pid: simulator.pid,
      output: () => simulator.output.lines().join('\n'),
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
