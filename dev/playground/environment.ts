import { z } from 'zod';
import { notEmpty, problemsOf } from '../../src/config/check.js';
import { ConfigError, type ConfigProblem } from '../../src/config/config-error.js';
import { environment } from '../../src/config/environment.js';
import { key, name, oneOf, url, wholeNumber, yesOrNo } from '../../src/config/fields.js';
import { SimulatorControl } from '../realtime-simulator/control-client.js';
import { isLoopback } from './loopback.js';
import { offeredCandidates, offeredInterviews } from './offered.js';
import { ACCESS_CODE_MIN } from './options.js';
import type { StartPlaygroundOptions } from './server.js';

/** What the page's server reads: part of it is the agent's, and means the same. */
export const pageEnvironment = environment
  .pick({
    LIVEKIT_URL: true,
    LIVEKIT_API_KEY: true,
    LIVEKIT_API_SECRET: true,
    AGENT_NAME: true,
    DATA_DIR: true,
    INTERVIEW: true,
    INTERVIEWS_DIR: true,
    CANDIDATES_DIR: true,
    SIMULATED_MODEL: true,
    SIMULATOR_URL: true,
  })
  .extend({
    PAGE_HOST: name()
      .prefault('127.0.0.1')
      .describe('Set the address the page is served on; 0.0.0.0 inside a container.'),
    PAGE_PORT: wholeNumber(1, 65_535)
      .prefault('8088')
      .describe('Set a port that is free on this machine.'),
    PAGE_ACCESS_CODE: z
      .string()
      .min(ACCESS_CODE_MIN, `is shorter than ${ACCESS_CODE_MIN} characters`)
      .optional()
      .describe(
        'Set what people have to enter before they can call; a must on any address but loopback.',
      ),
    PAGE_BEHIND_PROXY: yesOrNo()
      .prefault('false')
      .describe(
        'Set it to true behind exactly one proxy that appends the client to X-Forwarded-For.',
      ),
    PAGE_LIVEKIT_URL: url(/^wss?:$/, 'is not a ws:// or wss:// address')
      .optional()
      .describe('Set LiveKit’s address as browsers reach it; empty means LIVEKIT_URL.'),
    PAGE_CANDIDATES: yesOrNo()
      .prefault('false')
      .describe('Set it to true to let callers say which candidate they are. For tests.'),
    PAGE_FILES: oneOf(['none', 'transcript', 'report', 'both'])
      .prefault('none')
      .describe('Set what callers may take along of their own call.'),
    PAGE_DEVELOPER: yesOrNo()
      .prefault('false')
      .describe('Set it to true to show every visitor the developer’s panel, and all past calls.'),
    PAGE_FOLDER: z
      .string()
      .optional()
      .describe('Set the folder of the built page; empty means that it is built when needed.'),
    PAGE_REAL_MODEL: yesOrNo()
      .prefault('false')
      .describe('Set it to true when the real model speaks though SIMULATOR_URL is set.'),
    PAGE_PUBLISHED_ON: name()
      .optional()
      .describe('Set the address that a container’s port is published on, such as 127.0.0.1.'),
    SIMULATOR_CONTROL_TOKEN: key()
      .optional()
      .describe('Set the token of the simulator’s control, which it prints when it starts.'),
  });

/**
 * What the environment asks for; an empty variable counts as one that is not set.
 *
 * @throws ConfigError with every problem there is.
 */
export function pageOptions(
  variables: Readonly<Record<string, string | undefined>>,
): StartPlaygroundOptions {
  const given = notEmpty(variables);
  const parsed = pageEnvironment.safeParse(given);
  const problems = [...problemsOf(parsed.error, pageEnvironment), ...openDoor(given)];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(problems);
  }
  const env = parsed.data;
  const files = env.PAGE_FILES;
  return {
    livekit: {
      url: env.LIVEKIT_URL,
      apiKey: env.LIVEKIT_API_KEY,
      apiSecret: env.LIVEKIT_API_SECRET,
    },
    ...(env.PAGE_LIVEKIT_URL === undefined ? {} : { publicUrl: env.PAGE_LIVEKIT_URL }),
    agentName: env.AGENT_NAME,
    interviews: offeredInterviews(env.INTERVIEWS_DIR, env.INTERVIEW),
    candidates: env.PAGE_CANDIDATES ? offeredCandidates(env.CANDIDATES_DIR) : [],
    simulated: env.SIMULATED_MODEL || (env.SIMULATOR_URL !== undefined && !env.PAGE_REAL_MODEL),
    accessCode: env.PAGE_ACCESS_CODE,
    behindProxy: env.PAGE_BEHIND_PROXY,
    records: {
      dataDir: env.DATA_DIR,
      transcript: files === 'transcript' || files === 'both',
      report: files === 'report' || files === 'both',
    },
    ...(env.PAGE_DEVELOPER && { developer: { dataDir: env.DATA_DIR, control: controlOf(env) } }),
    host: env.PAGE_HOST,
    ...(env.PAGE_PUBLISHED_ON === undefined ? {} : { publishedOn: env.PAGE_PUBLISHED_ON }),
    port: env.PAGE_PORT,
    ...(env.PAGE_FOLDER === undefined ? {} : { pageFolder: env.PAGE_FOLDER }),
  };
}

/** Whoever can open the page can talk with the agent at somebody else’s expense. */
function openDoor(given: Readonly<Record<string, string | undefined>>): ConfigProblem[] {
  const { PAGE_HOST: host, PAGE_PUBLISHED_ON: published, PAGE_ACCESS_CODE: code } = given;
  const address = published ?? host;
  return address === undefined || isLoopback(address) || code !== undefined
    ? []
    : [
        {
          variable: 'PAGE_ACCESS_CODE',
          problem: `is not set, and ${address} can be reached from elsewhere`,
          remedy: `Set a code of ${ACCESS_CODE_MIN} characters or more, and give it to those who may call.`,
        },
      ];
}

function controlOf(env: z.output<typeof pageEnvironment>): SimulatorControl | undefined {
  const { SIMULATOR_URL: base, SIMULATOR_CONTROL_TOKEN: token } = env;
  return base === undefined || token === undefined || env.PAGE_REAL_MODEL
    ? undefined
    : new SimulatorControl({ url: base, token });
}
