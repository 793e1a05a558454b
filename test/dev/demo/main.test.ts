import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { isAlive } from '../stack/support/processes.js';
import { program } from '../stack/support/program.js';
import { temporaryFolder } from '../stack/support/temporary-folder.js';

function demo(args: string[], env: NodeJS.ProcessEnv = {}) {
  const started = spawn(process.execPath, ['--import', 'tsx', 'dev/demo/main.ts', ...args], {
    env: { ...process.env, DATA_DIR: temporaryFolder(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void started.kill('SIGKILL'));
  return started;
}

/** A server that never answers, and tells its pid by way of a connection. */
async function silentServer() {
  const { createServer } = await import('node:net');
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  onTestFinished(() => void listener.close());
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const script = `require('node:net').connect(${port}, '127.0.0.1').write(process.pid + '\\n');`;
  const pid = new Promise<number>((resolve) => {
    listener.once('connection', (socket) => {
      socket.on('error', () => undefined);
      createInterface(socket).once('line', (line) => resolve(Number(line)));
    });
  });
  return { path: program('livekit-server', script), pid };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s during the start ends what was started, and the demo with 130',
  async (signal) => {
    const server = await silentServer();
    const running = demo([], { LIVEKIT_URL: '', LIVEKIT_SERVER_BIN: server.path });
    const pid = await server.pid;
    expect(isAlive(pid)).toBe(true);
    running.kill(signal);
    expect(await once(running, 'exit')).toEqual([130, null]);
    expect(isAlive(pid)).toBe(false);
  },
  20_000,
);

test('for a machine, a start that fails is one line of JSON on standard output', async () => {
  const running = demo(['--call', '--json'], { LIVEKIT_URL: '', LIVEKIT_SERVER_BIN: '/none' });
  const [stdout, stderr] = await Promise.all([text(running.stdout), text(running.stderr)]);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    outcome: null,
    problems: [expect.stringContaining('LIVEKIT_SERVER_BIN names /none')],
  });
  expect(stderr).toContain('✗ LiveKit server');
}, 20_000);
