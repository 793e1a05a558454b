import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { joinAsCaller } from '../../dev/caller/index.js';
import { callerToken } from '../../dev/stack/index.js';
import { temporaryFolder } from '../dev/stack/support/temporary-folder.js';
import { callAgent, PATIENCE } from './support/call.js';
import { testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

const output = z.strictObject({
  findings: z.array(
    z.strictObject({
      check: z.string(),
      ok: z.boolean(),
      what: z.string(),
      why: z.string(),
      fix: z.string(),
    }),
  ),
});

let stack: TestStack;
let complete: Record<string, string>;

beforeAll(async () => {
  stack = await testStack('start', { MAX_CALLS: '1' });
  const { livekit, simulator, worker } = stack;
  complete = {
    LIVEKIT_URL: livekit.url,
    LIVEKIT_API_KEY: livekit.apiKey,
    LIVEKIT_API_SECRET: livekit.apiSecret,
    ...simulator.agentEnv,
    DATA_DIR: stack.dataDir,
    MAX_CALLS: '1',
    AGENT_NAME: stack.agentName,
    WORKER_PORT: new URL(worker.healthUrl).port,
  };
});
afterAll(() => stack.end());

async function doctor(more: Record<string, string> = {}, args: readonly string[] = []) {
  const { stdout, exitCode } = await execa(
    process.execPath,
    ['dist/doctor.js', '--json', ...args],
    { env: { ...complete, ...more }, reject: false, timeout: 60_000 },
  );
  const { findings } = output.parse(JSON.parse(stdout));
  return { findings, exitCode, wrong: findings.filter(({ ok }) => !ok).map(({ check }) => check) };
}

describe('the doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const { wrong, findings, exitCode } = await doctor();
    expect(wrong).toEqual([]);
    expect(exitCode).toBe(0);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        'LiveKit server',
        'key pair',
        'media by UDP',
        'media by TCP',
        'clock',
      ]),
    );
  });

  it.each([
    ['a server that is not there', { LIVEKIT_URL: 'ws://127.0.0.1:1' }, 'LiveKit server'],
    ['a secret of another server', { LIVEKIT_API_SECRET: 'x'.repeat(40) }, 'key pair'],
    ['a secret that can be guessed', { LIVEKIT_API_SECRET: 'secret' }, 'secret'],
    ['a name that no worker listens to', { AGENT_NAME: 'somebody' }, 'dispatch name'],
    ['a key that the model does not know', { OPENAI_API_KEY: 'sk-wrong-key' }, 'realtime model'],
    ['a model that cannot be reached', { OPENAI_BASE_URL: 'http://127.0.0.1:9100' }, 'text model'],
    ['a folder that nobody can write in', { DATA_DIR: '/dev/null/records' }, 'records folder'],
    ['too little time to stop', { STOP_GRACE: '30s' }, 'grace period'],
    ['a worker that cuts calls short', { DRAIN_TIMEOUT: '5m' }, 'time to drain'],
    ['too many calls for the memory', { MAX_CALLS: '1000' }, 'memory for MAX_CALLS'],
    ['something of LiveKit Cloud', { LIVEKIT_INFERENCE_URL: 'https://x' }, 'LiveKit Cloud'],
    ['a variable that makes no sense', { MAX_DURATION: 'long' }, 'configuration'],
  ])('finds %s, and says what to do', async (_what, more, check) => {
    const { findings, wrong, exitCode } = await doctor(more);
    expect(wrong).toContain(check);
    expect(exitCode).toBe(1);
    for (const { ok, why, fix } of findings) {
      expect([why !== '', fix !== '']).toEqual([!ok, !ok]);
    }
    expect(JSON.stringify(findings)).not.toContain(complete['LIVEKIT_API_SECRET']);
    expect(JSON.stringify(findings)).not.toContain('sk-wrong-key');
  });
});

describe('the doctor, asked why no agent is in a room', () => {
  async function callerIn(room: string, agentName?: string) {
    const { livekit } = stack;
    const asked = agentName === undefined ? {} : { agentName };
    const token = await callerToken({ livekit, room, identity: 'caller', ...asked });
    return joinAsCaller({ url: livekit.url, token });
  }

  it('says that nobody has asked for one', async () => {
    await using caller = await callerIn('nobody-asked');
    expect(caller.agentIdentities).toEqual([]);
    const { findings, wrong } = await doctor({}, ['--why', 'nobody-asked']);
    expect(wrong).toEqual(['dispatch']);
    expect(findings.at(-1)?.what).toBe('no agent was asked for');
  });

  it('says that another one was asked for', async () => {
    await using caller = await callerIn('another', 'somebody');
    expect(caller.agentIdentities).toEqual([]);
    const { findings } = await doctor({}, ['--why', 'another']);
    expect(findings.at(-1)?.what).toContain('"somebody"');
  });

  it('says that every worker was full', async () => {
    await using busy = await callAgent(stack, { room: 'the-first' });
    await busy.waitForAgent(PATIENCE);
    await using caller = await callerIn('one-too-many', stack.agentName);
    await waitUntil(
      async () => (await doctor({}, ['--why', 'one-too-many'])).wrong.includes('worker'),
      'the refusal',
    );
    expect(caller.agentIdentities).toEqual([]);
    const first = await doctor({}, ['--why', 'the-first']);
    expect(first.wrong).toEqual([]);
    expect(first.findings[0]?.what).toContain('an agent is there');
  });

  it('says when there is no such room', async () => {
    expect((await doctor({}, ['--why', 'nowhere'])).wrong).toEqual(['room']);
  });
});

it('the doctor says how to ask when it is asked wrongly', async () => {
  const { exitCode, stderr } = await execa(process.execPath, ['dist/doctor.js', '--wyh'], {
    reject: false,
    cwd: process.cwd(),
    env: { DATA_DIR: temporaryFolder() },
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--why ROOM');
});
