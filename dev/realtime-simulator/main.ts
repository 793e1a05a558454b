import { parseArgs } from 'node:util';
import { stopSpeech } from '../speech/index.js';
import { optionsFromEnvironment } from './options.js';
import { startRealtimeSimulator } from './simulator.js';

const usage = `Usage: node --import tsx dev/realtime-simulator/main.ts [--port N] [--json]

  --port N   listen on this port; a free one by default
  --unless-key  end at once when OPENAI_API_KEY is set: the real model speaks then
  --json     print {"url","baseURL","controlToken"} as the first line, for programs

Settings: SIMULATOR_* variables, listed in dev/realtime-simulator/README.md.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
      'unless-key': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (values.help || !Number.isInteger(port) || port < 0 || port > 65_535) {
    console.log(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  if (values['unless-key'] && (process.env['OPENAI_API_KEY'] ?? '').trim() !== '') {
    console.log('OPENAI_API_KEY is set: the real model speaks, and no simulator is needed.');
    return;
  }
  const simulator = await startRealtimeSimulator({ ...optionsFromEnvironment(process.env), port });
  const { url, baseURL, controlToken } = simulator;
  console.log(
    values.json
      ? JSON.stringify({ url, baseURL, controlToken })
      : banner(baseURL, `${url}/control`, controlToken),
  );
  const stop = (): void => {
    void simulator.stop().then(stopSpeech);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function banner(baseURL: string, controlURL: string, token: string): string {
  return [
    '',
    '  A SIMULATOR is speaking, not a model: scripted words, no understanding.',
    '',
    `  OPENAI_BASE_URL=${baseURL}`,
    '  OPENAI_API_KEY=sk-simulator   (or what SIMULATOR_API_KEY says)',
    `  Control API: ${controlURL}   Bearer ${token}`,
    '',
  ].join('\n');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
