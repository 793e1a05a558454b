import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { runCalls } from '../../src/calls/run.js';
import { PATIENCE } from './support/call.js';
import { gateTo, type Gate } from './support/gate.js';
import { finished } from './support/records.js';
import { testStack, type TestStack } from './support/stack.js';
import { callThatTalks, cutModel, FIRST_ANSWER, journalWith } from './support/trouble.js';

let stack: TestStack;
/** Between LiveKit and the agent; the caller has a way of their own. */
let gate: Gate;
beforeAll(async () => {
  gate = await gateTo(Number(new URL(inject('livekit').url).port));
  stack = await testStack('dev', { LIVEKIT_URL: `ws://127.0.0.1:${gate.port}` });
});
afterAll(async () => {
  await stack.end();
  await gate[Symbol.asyncDispose]();
});

it('an operator reads from the journal alone what a call went through, and how long it took', async () => {
  let called: string;
  {
    await using call = await callThatTalks(stack);
    const { caller, callId } = call;
    called = callId;
    await cutModel(stack);
    await journalWith(stack, callId, 'reconnected');
    gate.shut();
    gate.open();
    await journalWith(stack, callId, 'livekit-back');
    const mark = caller.agentVoice.mark();
    await caller.say(FIRST_ANSWER);
    await caller.agentVoice.waitForVoice({ ...PATIENCE, since: mark });
  }
  await finished(stack, called);
  const { output } = await runCalls(['show', called], { DATA_DIR: stack.dataDir });

  const row = (name: string) => output.match(new RegExp(`^${name} +(.*)$`, 'm'))?.[1];
  expect(row('outcome')).toBe('caller-left');
  expect(row('worker')).toMatch(/^version \S+ on \S+, process \d+$/);
  expect(row('model')).toMatch(/2 connections, 1 attempt to mend a lost one, lost and back after/);
  expect(row('livekit')).toMatch(/^lost and back after \d/);
  expect(row('first word')).toMatch(/^after \d/);
  expect(row('memory')).toMatch(/^\d+ MB at most$/);
  expect(output).toMatch(/agent +\(after \d+\.\ds\) /);
});
