import { notEmpty, problemsOf } from './check.js';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { deliveryProblems } from './delivery.js';
import { environment, type Environment } from './environment.js';
import { recordsConfig } from './records.js';
import { withSimulator } from './simulator.js';
import { tracingConfig, tracingProblems } from './tracing.js';

/** The whole configuration, checked. Durations are in milliseconds. */
export type Config = ReturnType<typeof toConfig>;

/** LiveKit's own advice: a shorter secret can be guessed, and whoever has it can join every room. */
export const SECRET_MIN_LENGTH = 32;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks an environment and turns it into the configuration. Touches nothing but its argument; an empty
 * variable counts as one that is not set. Without a key the simulator speaks, if there is one.
 *
 * @throws ConfigError with every problem there is.
 */
export function parseConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const given = withSimulator(notEmpty(variables));
  const parsed = environment.safeParse(given);
  const problems = [
    ...problemsOf(parsed.error),
    ...weakSecret(given),
    ...deliveryProblems(given),
    ...tracingProblems(given),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(problems);
  }
  return toConfig(parsed.data);
}

/** Everybody knows `devkey: secret`; on an address that others reach it is as good as no secret. */
function weakSecret(given: Readonly<Record<string, string | undefined>>): ConfigProblem[] {
  const { LIVEKIT_URL: url, LIVEKIT_API_SECRET: secret } = given;
  if (url === undefined || secret === undefined || isLoopback(url)) {
    return [];
  }
  return secret.length >= SECRET_MIN_LENGTH
    ? []
    : [
        {
          variable: 'LIVEKIT_API_SECRET',
          problem: `is shorter than ${SECRET_MIN_LENGTH} characters, and LIVEKIT_URL is not on this machine`,
          remedy:
            'Make a key pair with `livekit-server generate-keys` and give it to the server and to this agent.',
        },
      ];
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
}

function toConfig(env: Environment) {
  return {
    livekit: {
      url: env.LIVEKIT_URL,
      apiKey: env.LIVEKIT_API_KEY,
      apiSecret: env.LIVEKIT_API_SECRET,
    },
    worker: {
      agentName: env.AGENT_NAME,
      maxCalls: env.MAX_CALLS,
      host: env.WORKER_HOST,
      port: env.WORKER_PORT,
      /** Of metrics and probes; undefined serves none. */
      opsPort: env.OPS_PORT,
      drainTimeoutMs: env.DRAIN_TIMEOUT,
      /** How long whoever stops this worker waits before it is killed, if that is known. */
      stopGraceMs: env.STOP_GRACE,
    },
    log: { level: env.LOG_LEVEL, format: env.LOG_FORMAT },
    ...recordsConfig(env),
    sentry:
      env.SENTRY_DSN === undefined
        ? undefined
        : {
            dsn: env.SENTRY_DSN,
            environment: env.SENTRY_ENVIRONMENT,
            /** Undefined means the program's own name and version. */
            release: env.SENTRY_RELEASE,
          },
    /** Undefined sends no traces. */
    tracing: tracingConfig(env),
    interview: { defaultId: env.INTERVIEW, dir: env.INTERVIEWS_DIR },
    candidates: {
      dir: env.CANDIDATES_DIR,
      /** Asked instead of the folder. */
      api:
        env.CANDIDATE_API_URL === undefined
          ? undefined
          : {
              url: env.CANDIDATE_API_URL,
              token: env.CANDIDATE_API_TOKEN,
              timeoutMs: env.CANDIDATE_API_TIMEOUT,
            },
    },
    openai: {
      apiKey: env.OPENAI_API_KEY,
      /** Undefined means OpenAI's own address. */
      baseURL: env.OPENAI_BASE_URL,
      /** A simulator answers there. It says so wherever it speaks; so do the logs. */
      simulated: env.SIMULATED_MODEL,
      /** It may answer callers, too: in `start`. */
      simulatorAllowed: env.ALLOW_SIMULATOR,
      realtimeModel: env.REALTIME_MODEL,
      voice: env.REALTIME_VOICE,
      speed: env.REALTIME_SPEED,
      transcriptionModel: env.TRANSCRIPTION_MODEL,
      /** Writes the report after the call, when the agent did not. */
      reportModel: env.REPORT_MODEL,
      ttsModel: env.TTS_MODEL,
      ttsVoice: env.TTS_VOICE,
      maxSessionMs: env.MODEL_SESSION_MAX,
    },
    turnDetection: {
      by: env.TURN_DETECTION,
      threshold: env.VAD_THRESHOLD,
      silenceMs: env.VAD_SILENCE,
      prefixMs: env.VAD_PREFIX,
    },
    limits: {
      callerJoinMs: env.CALLER_JOIN_TIMEOUT,
      wrapUpMs: env.WRAP_UP_TIMEOUT,
      idleMs: env.IDLE_TIMEOUT,
      rejoinGraceMs: env.REJOIN_GRACE,
      maxDurationMs: env.MAX_DURATION,
      timeHintMs: env.TIME_HINT,
      silenceMs: env.SILENCE_TIMEOUT,
      flushMs: env.FLUSH_TIMEOUT,
      memoryMb: env.CALL_MEMORY_LIMIT,
    },
  } as const;
}
