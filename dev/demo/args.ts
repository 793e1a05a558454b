import { parseArgs } from 'node:util';

/** What the demo was asked to do. */
export interface DemoArgs {
  readonly help: boolean;
  /** Hold a scripted call instead of opening a page. */
  readonly call: boolean;
  /** The result of the call as one line of JSON on standard output; everything else on standard error. */
  readonly json: boolean;
  readonly language: string;
  readonly interview: string;
  /** Of the page; 0 takes any free one. */
  readonly port: number;
}

export const USAGE = `Talk with the agent on this machine. Nothing has to be set up first.

  npm run demo                     a page to talk in; prints its address
  npm run demo -- --call           no browser: a scripted caller holds a whole interview
  npm run --silent demo -- --call --json
                                   the same for machines: its result as one line of JSON

  --language en|ru     whose interview is held (default en)
  --interview ID       the interview, by its file in interviews/ (default hr-screening-<language>)
  --port N             the page's port (default: any free one)
  --help               this text

With OPENAI_API_KEY set (also in .env.local) the real model speaks, otherwise a simulator.
With LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET set that server is used, otherwise one is
found, built or pulled. Ctrl-C ends everything.`;

/**
 * Reads the command line.
 *
 * @throws Error that says what is wrong with it, for a person.
 */
export function parseDemoArgs(args: readonly string[]): DemoArgs {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      call: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      language: { type: 'string', default: 'en' },
      interview: { type: 'string' },
      port: { type: 'string', default: '0' },
    },
  });
  const { help, call, json, language, interview = `hr-screening-${language}` } = values;
  if (!['en', 'ru'].includes(language)) {
    throw new Error(`--language is en or ru, not "${language}"`);
  }
  const port = /^\d+$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) {
    throw new Error(`--port is a number from 0 to 65535, not "${values.port}"`);
  }
  if (json && !call) {
    throw new Error('--json is the form of a call’s result: use it with --call');
  }
  return { help, call, json, language, interview, port };
}
