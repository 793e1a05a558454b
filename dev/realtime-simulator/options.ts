import { z } from 'zod';
import { loadScenario, loadShippedScenarios, type Scenario } from './scenario.js';

/** How long things take. All in milliseconds but `paceFactor` and `lateDeltas`. */
export interface Latencies {
  /** From the upgrade request to the open socket. */
  readonly handshakeMs: number;
  /** From `response.created` to the first audio. */
  readonly firstAudioMs: number;
  /** From the end of the caller's speech to its transcript. */
  readonly transcriptionMs: number;
  /** Added to each of the waits above and between bursts, at random, up to this. */
  readonly jitterMs: number;
  /** Audio is sent this many times faster than it plays. */
  readonly paceFactor: number;
  /** Audio deltas that still arrive after an interruption, as they do from the service. */
  readonly lateDeltas: number;
}

/**
 * For a demo. No primary source says what the service's latencies are; published figures lie between 250 and 800 ms.
 */
export const demoLatencies: Latencies = {
  handshakeMs: 80,
  firstAudioMs: 500,
  transcriptionMs: 250,
  jitterMs: 40,
  paceFactor: 4,
  lateDeltas: 3,
};

/** For tests: nothing waits, and audio still comes in more than one burst. */
export const fastLatencies: Latencies = {
  handshakeMs: 0,
  firstAudioMs: 0,
  transcriptionMs: 0,
  jitterMs: 0,
  paceFactor: 100,
  lateDeltas: 2,
};

/** Speech as PCM16 mono, 24 000 samples a second. */
export type Speak = (text: string, voice: Scenario['voice']) => Promise<Int16Array>;

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Default 127.0.0.1; 0.0.0.0 inside a container. */
  readonly host?: string;
  /** What whoever steers it has to know. Default: a new one, which is printed. */
  readonly controlToken?: string;
  /** The key that clients must present. */
  readonly apiKey?: string;
  readonly latencies?: Partial<Latencies>;
  /** What is said and heard; by default what lies in `scenarios/`. */
  readonly scenarios?: readonly Scenario[];
  /** How text becomes sound; by default dev/speech. */
  readonly speak?: Speak;
  /** A file to which every event is appended in full, as JSON lines. */
  readonly eventLog?: string;
  /** How long one session may live; an hour, as at the service. */
  readonly maxSessionMs?: number;
}

const count = z.coerce.number().min(0);
/** What the simulator reads. */
export const simulatorEnvironment = z.object({
  SIMULATOR_API_KEY: z.string().min(1).optional(),
  SIMULATOR_HOST: z.string().min(1).optional(),
  SIMULATOR_CONTROL_TOKEN: z.string().min(16).optional(),
  SIMULATOR_EVENT_LOG: z.string().min(1).optional(),
  SIMULATOR_SCENARIO: z.string().min(1).optional(),
  SIMULATOR_LATENCY_HANDSHAKE_MS: count.optional(),
  SIMULATOR_LATENCY_FIRST_AUDIO_MS: count.optional(),
  SIMULATOR_LATENCY_TRANSCRIPTION_MS: count.optional(),
  SIMULATOR_LATENCY_JITTER_MS: count.optional(),
  SIMULATOR_PACE_FACTOR: z.coerce.number().positive().optional(),
});

/**
 * Reads the SIMULATOR_* variables (README.md lists them).
 * @throws Error naming every variable that is wrong, or what is wrong with the scenario.
 */
export function optionsFromEnvironment(env: NodeJS.ProcessEnv): SimulatorOptions {
  const given = Object.entries(env).filter(([, value]) => value !== '');
  const parsed = simulatorEnvironment.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    throw new Error(`The simulator's environment is not valid:\n${z.prettifyError(parsed.error)}`);
  }
  const wanted = parsed.data;
  return {
    ...(wanted.SIMULATOR_API_KEY !== undefined && { apiKey: wanted.SIMULATOR_API_KEY }),
    ...(wanted.SIMULATOR_HOST !== undefined && { host: wanted.SIMULATOR_HOST }),
    ...(wanted.SIMULATOR_CONTROL_TOKEN !== undefined && {
      controlToken: wanted.SIMULATOR_CONTROL_TOKEN,
    }),
    ...(wanted.SIMULATOR_SCENARIO !== undefined && {
      scenarios: inPlaceOfShipped(loadScenario(wanted.SIMULATOR_SCENARIO)),
    }),
    ...(wanted.SIMULATOR_EVENT_LOG !== undefined && { eventLog: wanted.SIMULATOR_EVENT_LOG }),
    latencies: {
      handshakeMs: wanted.SIMULATOR_LATENCY_HANDSHAKE_MS ?? demoLatencies.handshakeMs,
      firstAudioMs: wanted.SIMULATOR_LATENCY_FIRST_AUDIO_MS ?? demoLatencies.firstAudioMs,
      transcriptionMs: wanted.SIMULATOR_LATENCY_TRANSCRIPTION_MS ?? demoLatencies.transcriptionMs,
      jitterMs: wanted.SIMULATOR_LATENCY_JITTER_MS ?? demoLatencies.jitterMs,
      paceFactor: wanted.SIMULATOR_PACE_FACTOR ?? demoLatencies.paceFactor,
    },
  };
}

/** The shipped scenarios of other languages, and this one. */
function inPlaceOfShipped(own: Scenario): Scenario[] {
  return [own, ...loadShippedScenarios().filter(({ language }) => language !== own.language)];
}
