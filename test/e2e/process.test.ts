import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../dev/caller/index.js';
import { callAgent, journalOf, last, PATIENCE } from './support/call.js';
import { exits, jobProcesses } from './support/processes.js';
import { testStack, type TestStack } from './support/stack.js';
import { waitUntil } from './support/wait.js';

/** What goes wrong in the process of a call; the agent is the real one, with the fault added. */

const entry = fileURLToPath(new URL('../processes/faulty-agent.mjs', import.meta.url));
let stack: TestStack;
let caller: Caller | undefined;

beforeAll(async () => {
  // In the greeting, which is some seconds earlier than the conversation.
  const env = {
    FAULT_STATE: 'greeting',
    FAULT_BLOCK_MS: '1600',
    FLUSH_TIMEOUT: '500ms',
    CALL_MEMORY_LIMIT: '500MB',
  };
  stack = await testStack('dev', env, { entry, injected: /injected/ });
});
afterEach(async () => {
  await caller?.leave();
  caller = undefined;
  await exits(jobProcesses(stack.worker.pid));
});
afterAll(() => stack.end());

async function callWith(fault: string): Promise<{ caller: Caller; callId: string }> {
  caller = await callAgent(stack, { fault });
  const callId = await caller.waitForAttribute('call.id', (id) => id !== '', PATIENCE);
  return { caller, callId };
}

async function entriesOnceOver(callId: string) {
  await waitUntil(
    async () => last(await journalOf(stack, callId), 'outcome') !== undefined,
    `the outcome of ${callId}`,
  );
  return journalOf(stack, callId);
}

/** What the call's process has logged with its id. */
function logged(callId: string, text: string): number {
  return stack.worker
    .output()
    .split('\n')
    .filter((line) => line.includes(callId) && line.includes(text)).length;
}

describe('an exception that nobody caught', () => {
  it('ends the call as crashed, the caller told and the record complete', async () => {
    const { caller, callId } = await callWith('timer-throws-again,flush-hangs');
    await caller.waitForAttribute('call.outcome', (reason) => reason === 'crashed', PATIENCE);
    const entries = await entriesOnceOver(callId);
    expect(last(entries, 'outcome')).toMatchObject({
      reason: 'crashed',
      error: { code: 'UNCAUGHT_EXCEPTION', cause: 'Error: injected: timer 1' },
    });
    expect(entries.filter(({ type }) => type === 'outcome')).toHaveLength(1);
    expect(logged(callId, 'uncaught exception: injected: timer 2')).toBeGreaterThan(0);
  });
});

describe('a call that outgrows its memory', () => {
  it('ends as crashed and says so, before LiveKit kills the process', async () => {
    const { callId } = await callWith('memory');
    expect(last(await entriesOnceOver(callId), 'outcome')).toMatchObject({
      reason: 'crashed',
      error: { code: 'MEMORY_LIMIT' },
    });
  });
});

describe('what is no reason to end a call', () => {
  it('leaves it talking: a rejection, an observer that throws, a loop that stalls', async () => {
    const { caller, callId } = await callWith('rejection,observer-throws,block-loop');
    await waitUntil(
      () => logged(callId, 'EVENT_LOOP_STALLED') > 0 && logged(callId, 'UNHANDLED_REJECTION') > 0,
      'both to be told of',
    );
    await caller.waitForAttribute('call.state', (state) => state === 'talking', PATIENCE);
    await caller.leave();
    expect(last(await entriesOnceOver(callId), 'outcome')).toMatchObject({ reason: 'caller-left' });
    expect(logged(callId, 'an observer threw')).toBeGreaterThan(0);
  });
});

describe('a process that is gone at once', () => {
  it('is told of by the worker, with the call’s id', async () => {
    const { callId } = await callWith('exit');
    await waitUntil(
      () => logged(callId, 'the process of a call ended before the call was closed') === 1,
      'the worker to say so',
    );
  });
});
