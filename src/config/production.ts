import type { ConfigProblem } from './config-error.js';
import { SECRET_MIN_LENGTH, type Config } from './schema.js';

/** What may be on a developer's machine, and not where callers are: `start` refuses it. */
export function productionProblems({ livekit, openai }: Config): ConfigProblem[] {
  const everybodyKnows = livekit.apiKey === 'devkey' || livekit.apiSecret === 'secret';
  const isShort = livekit.apiSecret.length < SECRET_MIN_LENGTH;
  return [
    ...(everybodyKnows || isShort
      ? [
          {
            variable: 'LIVEKIT_API_SECRET',
            problem: everybodyKnows
              ? 'or LIVEKIT_API_KEY is the one of `livekit-server --dev`, which everybody knows'
              : `is shorter than ${SECRET_MIN_LENGTH} characters`,
            remedy:
              'Make a key pair with `livekit-server generate-keys` and give it to the server and to this agent; or use `dev`.',
          },
        ]
      : []),
    ...(openai.simulated && !openai.simulatorAllowed
      ? [
          {
            variable: 'ALLOW_SIMULATOR',
            problem: 'is not true, and a simulator would speak to callers',
            remedy: 'Set OPENAI_API_KEY; or, to try things out, set ALLOW_SIMULATOR=true.',
          },
        ]
      : []),
  ];
}
