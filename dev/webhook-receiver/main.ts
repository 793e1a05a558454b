import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startWebhookReceiver, type Received } from './receiver.js';

const USAGE = `Receives what the agent posts when a call is over, checks the signature and keeps the files.

  REPORT_WEBHOOK_SECRET=... npx tsx dev/webhook-receiver/main.ts [options]

  --port N      the port on 127.0.0.1 (default 8090)
  --keep DIR    where the files are kept: DIR/<call id>/ (default: nowhere)
  --json        one line of JSON for each call
  --help        this text`;

/** What may become the name of a folder or a file; the agent's names do. */
const SAFE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8090' },
    keep: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const secret = process.env['REPORT_WEBHOOK_SECRET'] ?? '';

if (values.help) {
  console.log(USAGE);
} else if (secret === '') {
  console.error('REPORT_WEBHOOK_SECRET is not set: without it nobody can tell who posts.');
  process.exitCode = 2;
} else {
  await run();
}

async function run(): Promise<void> {
  const receiver = await startWebhookReceiver({
    secret,
    port: Number(values.port),
    onReceived: async (received) => {
      await keep(received);
      console.log(line(received));
    },
    onRefused: (why) => console.error(`refused: ${why}`),
  });
  console.error(`Waiting at ${receiver.url}. Ctrl-C ends it.`);
}

async function keep({ key, files, again }: Received): Promise<void> {
  if (values.keep === undefined || again || !SAFE_NAME.test(key)) {
    return;
  }
  const folder = join(values.keep, key);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { name, bytes } of files.filter((file) => SAFE_NAME.test(file.name))) {
    await writeFile(join(folder, name), bytes, { mode: 0o600 });
  }
}

function line({ key, files, again }: Received): string {
  const sizes = files.map(({ name, type, bytes }) => ({ name, type, bytes: bytes.byteLength }));
  return values.json
    ? JSON.stringify({ call: key, verified: true, again, files: sizes })
    : `${again ? 'again' : 'new  '} ${key}  ${sizes.map(({ name, bytes }) => `${name} (${bytes} B)`).join(', ')}`;
}
