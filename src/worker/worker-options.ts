import { initializeLogger, log, ServerOptions, type JobRequest } from '@livekit/agents';
import { fileURLToPath } from 'node:url';
import { drains } from '../config/command-line.js';
import { CONFIG_EXIT_CODE, ConfigError, formatConfigError } from '../config/config-error.js';
import type { Config } from '../config/schema.js';
import type { VoiceAgent } from '../lifecycle/index.js';
import { exitWith } from '../lifecycle/process-guard.js';
import { ACCEPTED_AT } from '../lifecycle/twin-watch.js';
import { logFormat, redactLogs } from '../telemetry/logger.js';
import { redactor } from '../telemetry/redact.js';
import { runBeside, type BesideCalls } from './beside-calls.js';
import { logLostProcesses } from './lost-processes.js';
import { keepJobsSmall } from './job-memory.js';
import { memoryBudget, memoryProblems, tooManyCalls } from './memory-budget.js';
import { Occupancy } from './occupancy.js';
import { cutShort, longestCallMs, stopBudget, stopProblems } from './stop-budget.js';
import { stopInTime } from './stopping.js';
import { findWarmPool } from './warm-pool.js';

/**
 * The load at which a worker counts as full. LiveKit's server has a gate of its own at the same value
 * (`agents.target_load`), and a dispatch that it refuses is never tried again: so a full worker reports exactly this,
 * and one with a place left reports less (self-hosting facts, 0.2).
 */
const FULL_LOAD = 0.7;

/** A restarting LiveKit server must not end the worker and its calls: about a day of attempts, 10 s apart. */
const CONNECT_ATTEMPTS = 10_000;

/**
 * How long a job's process may take to load its code: two seconds on a machine that does nothing else. After the framework's
 * 10 s it is killed, and its caller has no agent for good: a few callers at once on two busy cores are enough for that.
 */
const PROCESS_START_MS = 30_000;

/**
 * How the worker presents itself to LiveKit. `agentModule` is the URL of the module with the agent definition. Ends the
 * process with exit code 2 when the configuration contradicts what the agent needs, or what the machine has. What runs
 * `beside` the calls, in this process, is begun when the worker is; not in a job process, and not for `--help`. It is finished
 * before the worker ends. `longestTalkMs` is how long a conversation may take, where it is not `MAX_DURATION` that says so.
 */
export async function workerOptions(
  config: Config,
  agentModule: string,
  { closingMs }: Pick<VoiceAgent<object>, 'closingMs'>,
  beside: readonly BesideCalls[] = [],
  longestTalkMs = config.limits.maxDurationMs,
): Promise<ServerOptions> {
  const { worker, livekit } = config;
  const budget = stopBudget(worker.drainTimeoutMs, closingMs);
  const memory = memoryBudget(config);
  const problems = [...stopProblems(config, budget), ...memoryProblems(memory)];
  if (problems.length > 0) {
    exitWith(CONFIG_EXIT_CODE, formatConfigError(new ConfigError(problems)));
  }
  const occupancy = new Occupancy(worker.maxCalls);
  const mendWarmPool = await findWarmPool();
  const options = new ServerOptions({
    agent: fileURLToPath(agentModule),
    agentName: worker.agentName,
    wsURL: livekit.url,
    apiKey: livekit.apiKey,
    apiSecret: livekit.apiSecret,
    host: worker.host,
    port: worker.port,
    drainTimeout: budget.drainMs,
    initializeProcessTimeout: PROCESS_START_MS,
    shutdownProcessTimeout: budget.closingMs,
    jobMemoryWarnMB: memory.warnMb,
    jobMemoryLimitMB: memory.killMb,
    maxRetry: CONNECT_ATTEMPTS,
    loadThreshold: FULL_LOAD,
    loadFunc: async () => (FULL_LOAD * occupancy.calls) / occupancy.maxCalls,
    requestFunc: (request) => answer(request, occupancy),
  });
  return onWorkerStart(options, () => {
    occupancy.watch();
    keepJobsSmall();
    logLostProcesses();
    mendWarmPool();
    const isDraining = drains(process.argv.slice(2));
    stopInTime(isDraining ? budget : stopBudget(0, closingMs), () => {
      beside.forEach((one) => one.stopping?.());
    });
    initializeLogger({
      level: config.log.level,
      pretty: logFormat(config.log.format, process.stdout.isTTY) === 'pretty',
    });
    redactLogs(redactor(config));
    if (config.openai.simulated) {
      log().warn('SIMULATOR: no model is speaking; every word of the agent comes from a script');
    }
    const cut = isDraining ? cutShort(budget, longestCallMs(config, longestTalkMs)) : undefined;
    for (const risk of [tooManyCalls(worker.maxCalls), cut]) {
      if (risk !== undefined) {
        log().warn(risk);
      }
    }
    runBeside(beside);
  });
}

/** The load is reported every 2.5 s only, so a burst passes any threshold: here is the hard cap. */
async function answer(request: JobRequest, occupancy: Occupancy): Promise<void> {
  if (occupancy.reserve(request.id)) {
    // In the agent's token: of two agents in one room, the one that was accepted later leaves.
    await request.accept('', '', '', { [ACCEPTED_AT]: String(Date.now()) });
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
