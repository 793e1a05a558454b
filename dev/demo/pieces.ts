import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startLiveKit, startSimulatorProcess, startWorker } from '../stack/index.js';
import type { LiveKit, SimulatorProcess, Worker } from '../stack/index.js';
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver/index.js';
import type { Endings } from './endings.js';
import type { Steps } from './steps.js';

/** Everything a call needs, running. */
export interface Pieces {
  readonly livekit: LiveKit;
  /** Null when the real model speaks. */
  readonly simulator: SimulatorProcess | null;
  readonly worker: Worker;
  /** Takes what calls leave behind; undefined when the environment names another receiver. */
  readonly receiver: WebhookReceiver | undefined;
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
  const simulator = isSet(env, 'OPENAI_API_KEY')
    ? null
    : await startSimulator(context, logFile('simulator'));
  const secret = randomBytes(32).toString('hex');
  const receiver = isSet(env, 'REPORT_WEBHOOK_URL')
    ? undefined
    : await startReceiver(context, secret);
  const worker = endings.add(
    await steps.run(
      'Agent',
      () =>
        startWorker({
          mode: 'dev',
          livekit,
          env: { DATA_DIR: dataDir, ...simulator?.agentEnv, ...receiverEnv(receiver, secret) },
          logFile: logFile('worker'),
          signal,
        }),
      () => `registered, its log is ${logFile('worker')}`,
    ),
  );
  const agentName = env['AGENT_NAME'] ?? 'interviewer';
  return { livekit, simulator, receiver, worker, agentName, dataDir };
}

function isSet(env: NodeJS.ProcessEnv, name: string): boolean {
  return (env[name] ?? '').trim() !== '';
}

/** Stands in for whoever wants the reports, and says of each what came. */
async function startReceiver(
  { steps, endings }: PiecesContext,
  secret: string,
): Promise<WebhookReceiver> {
  return endings.add(
    await steps.run(
      'Report receiver',
      () =>
        startWebhookReceiver({
          secret,
          onReceived: ({ key, files, again }) =>
            steps.say(
              `  report of call ${key}${again ? ', once more' : ''}: ${files.map(({ name }) => name).join(', ')}`,
            ),
          onRefused: (why) => steps.say(`  a report was refused: ${why}`),
        }),
      ({ url }) => url,
    ),
  );
}

function receiverEnv(
  receiver: WebhookReceiver | undefined,
  secret: string,
): Record<string, string> {
  return receiver === undefined
    ? {}
    : { REPORT_WEBHOOK_URL: receiver.url, REPORT_WEBHOOK_SECRET: secret };
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
