import { initializeLogger, log, ServerOptions, type JobRequest } from '@livekit/agents';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config/schema.js';
import { logFormat, redactLogs } from '../telemetry/logger.js';
import { redactor } from '../telemetry/redact.js';
import { Occupancy } from './occupancy.js';

/**
 * The load at which a worker counts as full. LiveKit's server has a gate of its own at the same value
 * (`agents.target_load`), and a dispatch that it refuses is never tried again: so a full worker reports exactly this,
 * and one with a place left reports less (self-hosting facts, 0.2).
 */
const FULL_LOAD = 0.7;

/** A restarting LiveKit server must not end the worker and its calls: about a day of attempts, 10 s apart. */
const CONNECT_ATTEMPTS = 10_000;

/** How the worker presents itself to LiveKit. `agentModule` is the URL of the module with the agent definition. */
export function workerOptions(config: Config, agentModule: string): ServerOptions {
  const occupancy = new Occupancy(config.worker.maxCalls);
  const options = new ServerOptions({
    agent: fileURLToPath(agentModule),
    agentName: config.worker.agentName,
    wsURL: config.livekit.url,
    apiKey: config.livekit.apiKey,
    apiSecret: config.livekit.apiSecret,
    host: config.worker.host,
    port: config.worker.port,
    drainTimeout: config.worker.drainTimeoutMs,
    maxRetry: CONNECT_ATTEMPTS,
    loadThreshold: FULL_LOAD,
    loadFunc: async () => (FULL_LOAD * occupancy.calls) / occupancy.maxCalls,
    requestFunc: (request) => answer(request, occupancy),
  });
  return onWorkerStart(options, () => {
    occupancy.watch();
    initializeLogger({
      level: config.log.level,
      pretty: logFormat(config.log.format, process.stdout.isTTY) === 'pretty',
    });
    redactLogs(redactor(config));
    if (config.openai.simulated) {
      log().warn('SIMULATOR: no model is speaking; every word of the agent comes from a script');
    }
  });
}

/** The load is reported every 2.5 s only, so a burst passes any threshold: here is the hard cap. */
async function answer(request: JobRequest, occupancy: Occupancy): Promise<void> {
  if (occupancy.reserve(request.id)) {
    await request.accept();
    return;
  }
  const { calls, maxCalls } = occupancy;
  log().warn(
    { jobId: request.id, calls, maxCalls },
    'job rejected: every place is taken (MAX_CALLS)',
  );
  await request.reject();
}

/**
 * Runs `begin` once, when `cli.runApp` has chosen a command and is about to make the worker. The framework has no hook
 * there, but it copies the options' fields at just that moment. Should an upgrade stop doing so, the log keeps the
 * framework's format and the tests say so.
 */
function onWorkerStart(options: ServerOptions, begin: () => void): ServerOptions {
  const { host } = options;
  let begun = false;
  return Object.defineProperty(options, 'host', {
    enumerable: true,
    get: () => {
      if (!begun) {
        begun = true;
        begin();
      }
      return host;
    },
  });
}
