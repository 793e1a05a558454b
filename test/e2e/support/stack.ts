import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, inject } from 'vitest';
import { startStack, type Stack, type WorkerMode } from '../../../dev/stack/index.js';
import { assertEventLogValid } from '../../../dev/realtime-simulator/schema/index.js';
import { disposeCallers } from '../../../dev/caller/index.js';
import { makeDataFolder } from './data-folder.js';

/** A quick simulator: what is tested is what happens, not how long a model thinks. */
export const QUICK = {
  SIMULATOR_LATENCY_HANDSHAKE_MS: '20',
  SIMULATOR_LATENCY_FIRST_AUDIO_MS: '50',
  SIMULATOR_LATENCY_JITTER_MS: '5',
};

/** What is said in English: by default the beginning of an interview, in short sentences, for calls that are not held to their end. */
const SHORT_TALK = fileURLToPath(new URL('short-talk.en.yaml', import.meta.url));
/** A whole interview in short sentences. */
export const BRIEF_INTERVIEW = fileURLToPath(new URL('brief-interview.en.yaml', import.meta.url));
/** The interview of the demo, as `shippedScenario('en')` has it. */
export const SHIPPED = fileURLToPath(
  new URL('../../../dev/realtime-simulator/scenarios/hr-interview.en.yaml', import.meta.url),
);

/**
 * What speaks of a crash or a leak in the output of a worker and its job processes. (Eleven abort listeners at once are
 * no leak: LiveKit's client has one for each message under way, and on a busy machine there may be many.)
 */
const TROUBLE =
  /unhandled ?(promise )?rejection|uncaught ?exception|ERR_UNHANDLED|leak detected. \d+ (?!abort)/i;

// Once, at the end of a file: LiveKit's client cannot be used again after it.
afterAll(() => disposeCallers());

export interface TestStack extends Stack {
  /** Its worker's alone: workers of one name on one LiveKit server take each other's calls. */
  readonly agentName: string;
  /** Ends everything, and checks what every call has to leave behind: clean output, valid events, closed sockets. */
  end(): Promise<void>;
}

/** What few tests need. */
interface Special {
  /** A file with what is said in English. Default: {@link SHORT_TALK}. */
  readonly conversation?: string;
  /** The program to run instead of the built agent: one that goes wrong on purpose. */
  readonly entry?: string;
  /** Trouble that was asked for: lines of output that match are no trouble. */
  readonly injected?: RegExp;
}

/** A simulator and a worker of their own, beside the LiveKit server that all files share. */
export async function testStack(
  mode: WorkerMode,
  workerEnv: Readonly<Record<string, string>> = {},
  { conversation = SHORT_TALK, entry, injected }: Special = {},
): Promise<TestStack> {
  const folder = await makeDataFolder();
  const eventLog = join(folder.path, 'events.jsonl');
  const agentName = `interviewer-${randomUUID()}`;
  const stack = await startStack({
    livekit: inject('livekit'),
    mode,
    dataDir: folder.path,
    ...(entry === undefined ? {} : { entry }),
    simulatorEnv: {
      ...QUICK,
      SIMULATOR_EVENT_LOG: eventLog,
      SIMULATOR_SCENARIO: conversation,
    },
    // Everything the framework notices is written at debug, unhandled rejections among it. Whoever leaves is not waited for,
    // unless a test is about that.
    workerEnv: {
      AGENT_NAME: agentName,
      LOG_LEVEL: 'debug',
      REJOIN_GRACE: '0s',
      ...workerEnv,
    },
  });
  const { worker, simulator } = stack;
  return {
    ...stack,
    agentName,
    end: async () => {
      await worker.stop();
      const { open, attempts } = await simulator.control.status();
      await stack.stop();
      await folder.finish(async () => {
        const trouble = troubleIn(worker.output()).filter((line) => injected?.test(line) !== true);
        expect(trouble).toEqual([]);
        expect(troubleIn(simulator.output())).toEqual([]);
        expect(open).toBe(0);
        if (attempts > 0) {
          const { skipped } = await assertEventLogValid(eventLog);
          expect(skipped.refused).toBe(0);
        }
      });
    },
  };
}

/** The lines that speak of a crash or a leak. */
export function troubleIn(output: string): string[] {
  return output.split('\n').filter((line) => TROUBLE.test(line));
}
