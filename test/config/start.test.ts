import { execa } from 'execa';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolder } from '../interview/fake-call.js';
import { complete } from './complete-environment.js';

const CONFIG = resolve('src/config.ts');
const PRINT = `import { config, interviews } from ${JSON.stringify(CONFIG)};
console.log(JSON.stringify({ config, interviews: [...interviews.keys()], key: process.env.OPENAI_API_KEY }));`;

/** Runs a process that does nothing but read its configuration. */
async function start(args: readonly string[], env: Record<string, string>, cwd = process.cwd()) {
  const script = join(await dataFolder(), 'print.mts');
  await writeFile(script, PRINT);
  return execa('node', ['--import', import.meta.resolve('tsx'), script, ...args], {
    env: { PATH: process.env['PATH'] ?? '', INTERVIEWS_DIR: resolve('interviews'), ...env },
    extendEnv: false,
    reject: false,
    cwd,
    timeout: 50_000,
  });
}

test(
  'a wrong configuration ends the process with code 2, every problem and no stack',
  { timeout: 60_000 },
  async () => {
    const { exitCode, stderr, stdout } = await start(
      ['start'],
      { MODEL_SESSION_MAX: '27' },
      await dataFolder(),
    );

    expect(exitCode).toBe(2);
    expect(stderr).toContain('The configuration has 5 problems:');
    expect(stderr).toContain('OPENAI_API_KEY is not set.');
    expect(stderr).toContain('MODEL_SESSION_MAX is a number without a unit');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
  },
);

test(
  'a mistake in an interview is told before the first call, too',
  { timeout: 60_000 },
  async () => {
    const dir = await dataFolder();
    await writeFile(join(dir, 'hr-screening-en.yaml'), 'id: hr-screening-en\n');
    const { exitCode, stderr } = await start(['dev'], { ...complete, INTERVIEWS_DIR: dir });

    expect(exitCode).toBe(2);
    expect(stderr).toContain('hr-screening-en.yaml:1 title');
  },
);

test('help needs no configuration', { timeout: 60_000 }, async () => {
  expect((await start(['--help'], {}, await dataFolder())).exitCode).toBe(0);
});

test(
  '.env.local wins over .env, the environment wins over both, and a flag over all',
  { timeout: 60_000 },
  async () => {
    const cwd = await dataFolder();
    await writeFile(
      join(cwd, '.env'),
      `LIVEKIT_URL=ws://127.0.0.1:1\nLIVEKIT_API_KEY=env\nLIVEKIT_API_SECRET=env\nMAX_CALLS=1\nAGENT_NAME=env\nOPENAI_API_KEY=env\n`,
    );
    await writeFile(
      join(cwd, '.env.local'),
      'MAX_CALLS=2\nAGENT_NAME=local\nOPENAI_API_KEY=local\n',
    );
    const { stdout } = await start(
      ['dev', '--url', 'ws://127.0.0.1:4'],
      { AGENT_NAME: 'environment' },
      cwd,
    );

    expect(JSON.parse(stdout)).toMatchObject({
      config: {
        livekit: { url: 'ws://127.0.0.1:4' },
        worker: { agentName: 'environment', maxCalls: 2 },
      },
      interviews: ['hr-screening-en', 'hr-screening-ru'],
      key: 'local',
    });
  },
);
