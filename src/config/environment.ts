import { z } from 'zod';
import { INTERVIEW_ID } from '../interview/interview-id.js';
import { deliveryVariables } from './delivery.js';
import { duration } from './durations.js';
import { key, name, number, oneOf, url, wholeNumber, yesOrNo } from './fields.js';
import { size } from './sizes.js';
import { tracingVariables } from './tracing.js';

/**
 * Every variable the agent reads: how it is written, its default (as written in a file) and, as its
 * description, the remedy that is shown when it is wrong. `.env.example` lists the same ones; a test compares
 * the two.
 */
export const environment = z.object({
  LIVEKIT_URL: url(/^wss?:$/, 'is not a ws:// or wss:// address').describe(
    'Set it to your LiveKit server, such as ws://127.0.0.1:7880 or wss://livekit.example.com.',
  ),
  LIVEKIT_API_KEY: key().describe('Set it to a key of your LiveKit server (LIVEKIT_KEYS there).'),
  LIVEKIT_API_SECRET: key().describe('Set it to the secret that belongs to LIVEKIT_API_KEY.'),

  AGENT_NAME: name()
    .prefault('interviewer')
    .describe(
      'Use letters, digits, dots, dashes, underscores; rooms ask for the agent by this name.',
    ),
  MAX_CALLS: wholeNumber(1, 1_000)
    .prefault('4')
    .describe(
      'Set how many calls this worker may hold at once; a call needs about 200 MB of memory.',
    ),
  WORKER_HOST: name()
    .prefault('127.0.0.1')
    .describe('Set the address the health endpoint listens on; 0.0.0.0 inside a container.'),
  WORKER_PORT: wholeNumber(1, 65_535)
    .prefault('8081')
    .describe('Set the port of the health endpoint; another one for each worker on a machine.'),
  OPS_PORT: wholeNumber(1, 65_535)
    .optional()
    .describe(
      'Set the port of metrics and probes, or leave it empty; another one for each worker.',
    ),
  DRAIN_TIMEOUT: duration({ min: '1s', max: '24h' })
    .prefault('32m')
    .describe('Set how long a worker that is told to stop waits for its calls.'),
  STOP_GRACE: duration({ min: '1s', max: '25h' })
    .optional()
    .describe(
      'Set what your container is given to stop (stop_grace_period, terminationGracePeriodSeconds).',
    ),

  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
    .prefault('info')
    .describe('Set it to one of these words.'),
  LOG_FORMAT: oneOf(['auto', 'pretty', 'json'])
    .prefault('auto')
    .describe('Set it to auto (pretty on a terminal, JSON otherwise), pretty or json.'),
  DATA_DIR: z.string().prefault('data').describe('Set the folder the calls are recorded in.'),
  ...deliveryVariables,
  SENTRY_DSN: url(/^https?:$/, 'is not a DSN')
    .optional()
    .describe('Copy it from the project settings of your Sentry, or leave it empty.'),
  SENTRY_ENVIRONMENT: name().prefault('production').describe('Set a short name without spaces.'),
  SENTRY_RELEASE: z
    .string()
    .regex(/^[^\s/\\]{1,200}$/, 'has a space or a slash in it, or more than 200 characters')
    .optional()
    .describe('Set the name of what you have deployed, or leave it empty: steadfast@<version>.'),
  ...tracingVariables,

  INTERVIEW: z
    .string()
    .regex(INTERVIEW_ID, 'is not the id of an interview')
    .prefault('hr-screening-en')
    .describe('Set the name of a file in INTERVIEWS_DIR, without .yaml.'),
  INTERVIEWS_DIR: z.string().prefault('interviews').describe('Set the folder of the *.yaml plans.'),
  CANDIDATES_DIR: z
    .string()
    .prefault('candidates')
    .describe('Set the folder of the candidates’ *.json files.'),
  CANDIDATE_API_URL: url(/^https?:$/, 'is not an http:// or https:// address')
    .optional()
    .describe('Set the address that answers at /<candidate id>, or leave it empty to use files.'),
  CANDIDATE_API_TOKEN: key()
    .optional()
    .describe('Set what that service takes as a bearer token, without the word Bearer.'),
  CANDIDATE_API_TIMEOUT: duration({ min: '100ms', max: '5s' })
    .prefault('2s')
    .describe('Set how long that service may take to answer.'),

  OPENAI_API_KEY: key().describe(
    'Set it to your OpenAI key; without one, `npm run demo` talks to the simulator.',
  ),
  OPENAI_BASE_URL: url(/^https?:$/, 'is not an http:// or https:// address')
    .optional()
    .describe(
      'Set it to an OpenAI-compatible service, such as https://api.openai.com/v1, or leave it empty.',
    ),
  SIMULATED_MODEL: yesOrNo()
    .prefault('false')
    .describe('Set it to true when a simulator answers at OPENAI_BASE_URL; the logs then say so.'),
  SIMULATOR_URL: url(/^https?:$/, 'is not an http:// or https:// address')
    .optional()
    .describe('Set the simulator’s address: it speaks as long as OPENAI_API_KEY is not set.'),
  ALLOW_SIMULATOR: yesOrNo()
    .prefault('false')
    .describe('Set it to true to let a simulator speak to callers in `start`.'),
  REALTIME_MODEL: name()
    .prefault('gpt-realtime-mini')
    .describe('Set the name of a realtime model.'),
  REALTIME_VOICE: name().prefault('coral').describe('Set the name of one of the model’s voices.'),
  REALTIME_SPEED: number(0.25, 1.5)
    .prefault('1')
    .describe('Set how fast the agent speaks; 1 is normal.'),
  TRANSCRIPTION_MODEL: name()
    .prefault('gpt-4o-mini-transcribe')
    .describe('Set the model that writes down what the caller says.'),
  REPORT_MODEL: name()
    .prefault('gpt-4.1-mini')
    .describe('Set the text model that writes the report of a call that ended without one.'),
  TTS_MODEL: name()
    .prefault('gpt-4o-mini-tts')
    .describe('Set the model that speaks fixed sentences.'),
  TTS_VOICE: oneOf([
    'alloy',
    'ash',
    'ballad',
    'coral',
    'echo',
    'fable',
    'nova',
    'onyx',
    'sage',
    'shimmer',
  ])
    .prefault('coral')
    .describe('Set it to the voice that is nearest to REALTIME_VOICE.'),
  MODEL_SESSION_MAX: duration({ min: '60s', max: '59m' })
    .prefault('55m')
    .describe('Stay below 60m: the service itself ends a session then.'),

  TURN_DETECTION: oneOf(['server_vad', 'local'])
    .prefault('server_vad')
    .describe('Set it to server_vad (the model service decides) or local (this machine decides).'),
  VAD_THRESHOLD: number(0, 1)
    .prefault('0.5')
    .describe('Set how loud speech must be; raise it in noisy places.'),
  VAD_SILENCE: duration({ min: '100ms', max: '10s' })
    .prefault('800ms')
    .describe('Set how long the caller must be silent before it is the agent’s turn.'),
  VAD_PREFIX: duration({ min: '0ms', max: '5s' })
    .prefault('300ms')
    .describe('Set how much audio from before the first sound is kept.'),

  CALLER_JOIN_TIMEOUT: duration({ min: '1s', max: '1h' })
    .prefault('60s')
    .describe('Set how long the agent waits for somebody to join.'),
  WRAP_UP_TIMEOUT: duration({ min: '1s', max: '2m' })
    .prefault('20s')
    .describe('Set how long the goodbye may take.'),
  REJOIN_GRACE: duration({ min: '0s', max: '1h' })
    .prefault('60s')
    .describe('Set how long a caller who is gone is waited for; 0s: not at all.'),
  MAX_DURATION: duration({ min: '10s', max: '24h' })
    .prefault('45m')
    .describe('Set how long an interview may take; a plan may say otherwise.'),
  TIME_HINT: duration({ min: '0s', max: '1h' })
    .prefault('3m')
    .describe('Set how long before that end the agent begins to come to a close.'),
  SILENCE_TIMEOUT: duration({ min: '1s', max: '1h' })
    .prefault('30s')
    .describe('Set after how much silence a caller is spoken to; the call ends after three times.'),
  IDLE_TIMEOUT: duration({ min: '10s', max: '1h' })
    .prefault('5m')
    .describe('Set after how long a call ends in which neither side is heard.'),
  FLUSH_TIMEOUT: duration({ min: '100ms', max: '20s' })
    .prefault('10s')
    .describe('Set how long each record may take to be finished when a call ends.'),
  CALL_MEMORY_LIMIT: size(256, 65_536)
    .prefault('800MB')
    .describe('Set how much memory the process of one call may take; an ordinary one takes 200MB.'),
});

export type Environment = z.output<typeof environment>;
