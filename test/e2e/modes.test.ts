import { randomUUID } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { joinAsCaller } from '../../dev/caller/index.js';
import { startProcess } from '../../dev/stack/index.js';
import { freeTcpPort } from '../../dev/stack/ports.js';
import { callAgent, dialogue, greeted, journalOf, last, PATIENCE } from './support/call.js';
import { exits, jobProcesses } from './support/processes.js';
import { testStack, type TestStack } from './support/stack.js';
import { FIRST_ANSWER } from './support/trouble.js';
import { waitUntil } from './support/wait.js';

let stack: TestStack | undefined;

afterEach(async () => {
  await stack?.end();
  stack = undefined;
});

/** Pids of the job processes that said they were ending: of a line's two, the later one. */
function endedJobs(output: string): number[] {
  return [...output.matchAll(/.*"pid":(\d+).*Job process shutdown/g)].map(([, pid]) => Number(pid));
}

describe.each(['dev', 'start'] as const)('a worker in %s with one place', (mode) => {
  it('carries one call after another: an ended call takes no place', async () => {
    stack = await testStack(mode, { MAX_CALLS: '1', DRAIN_TIMEOUT: '31m' });
    const { worker } = stack;
    const said = (text: string): number => worker.output().split(text).length - 1;
    // Only `start` waits for its calls when it is stopped.
    expect(said('DRAIN_TIMEOUT is 31m, but a call may take')).toBe(mode === 'start' ? 1 : 0);
    for (const call of [1, 2, 3]) {
      await using caller = await callAgent(stack);
      await caller.agentVoice.waitForVoice(PATIENCE);
      await caller.leave();
      await waitUntil(() => said('Job process shutdown') === call, `the end of call ${call}`);
      // The place is free when the process has gone, which is later than its last line.
      await exits(endedJobs(worker.output()));
      await waitUntil(
        () => said('at full capacity') === said('below capacity'),
        'the next report of the load',
      );
    }
    expect(said('job rejected')).toBe(0);
  });
});

describe('turn detection on this machine', () => {
  it('hears the end of a turn without the service’s help, and answers', async () => {
    stack = await testStack('dev', { TURN_DETECTION: 'local' });
    await using caller = await callAgent(stack);
    const callId = await greeted(caller);
    const before = caller.agentVoice.mark();
    await caller.say(FIRST_ANSWER);
    await caller.agentVoice.waitForVoice({ ...PATIENCE, since: before });
    await caller.leave();
    const { dataDir } = stack;
    await waitUntil(
      async () => last(await journalOf({ dataDir }, callId), 'outcome') !== undefined,
      'the outcome',
    );
    expect(dialogue(await journalOf({ dataDir }, callId))).toContain(`caller: ${FIRST_ANSWER}`);
    const [connection] = await stack.simulator.control.connections();
    expect(connection?.session?.turnDetection).toBeNull();
  });
});

describe('turn detection by the service', () => {
  it('runs no process for a detector that nobody asks', async () => {
    stack = await testStack('dev');
    expect(jobProcesses(stack.worker.pid)).toEqual([]);
    expect(stack.worker.output()).not.toMatch(/silero|turn.?detector/i);
  });
});

describe('node dist/agent.js connect --room', () => {
  it('sends the agent into that room', async () => {
    stack = await testStack('dev');
    const { livekit, simulator, dataDir } = stack;
    const room = `connect-${randomUUID()}`;
    const token = new AccessToken(livekit.apiKey, livekit.apiSecret, { identity: 'caller' });
    token.addGrant({ roomJoin: true, room });
    await using caller = await joinAsCaller({ url: livekit.url, token: await token.toJwt() });
    await using connect = await startProcess({
      name: 'connect',
      command: process.execPath,
      args: ['dist/agent.js', 'connect', '--room', room],
      cwd: process.cwd(),
      env: {
        ...process.env,
        LIVEKIT_URL: livekit.url,
        LIVEKIT_API_KEY: livekit.apiKey,
        LIVEKIT_API_SECRET: livekit.apiSecret,
        OPENAI_API_KEY: simulator.apiKey,
        OPENAI_BASE_URL: simulator.baseURL,
        WORKER_PORT: String(await freeTcpPort()),
        AGENT_NAME: 'connected',
        REJOIN_GRACE: '0s',
        DATA_DIR: dataDir,
      },
      stopSteps: [{ signal: 'SIGINT', waitMs: 10_000 }],
    });
    await caller.agentVoice.waitForVoice(PATIENCE);
    await caller.leave();
    await connect.waitForLine((line) => line.includes('caller-left'), {
      deadlineMs: PATIENCE.timeoutMs,
      what: 'the end of the call',
    });
  });
});
