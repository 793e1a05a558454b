import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialogue, last, PATIENCE } from './support/call.js';
import { testStack, type TestStack } from './support/stack.js';
import { callThatTalks, journalWith } from './support/trouble.js';

/** Says nothing, and hears why the call ends. */
async function listen(stack: TestStack) {
  const { caller, callId } = await callThatTalks(stack);
  await caller.waitForAttribute('call.outcome', (outcome) => outcome !== '', PATIENCE);
  const heardMs = caller.agentVoice.heardMs;
  await caller.waitForAgentToLeave(PATIENCE);
  const journal = await journalWith(stack, callId, 'outcome');
  await caller.leave();
  return { journal, heardMs };
}

describe('a caller who says nothing', () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await testStack('start', { SILENCE_TIMEOUT: '2s' });
  });
  afterAll(() => stack.end());

  it('is spoken to twice; then the agent says goodbye, and the call ends as caller-silent', async () => {
    const { journal } = await listen(stack);
    expect(last(journal, 'outcome')).toMatchObject({
      reason: 'caller-silent',
      modelConnections: 1,
    });
    const nudges = journal.filter(({ type }) => type === 'caller-nudged');
    expect(nudges).toMatchObject([
      { number: 1, of: 2 },
      { number: 2, of: 2 },
    ]);
    // The greeting, two nudges, a goodbye.
    expect(dialogue(journal)).toHaveLength(4);
  });
});

describe('a call that takes too long', () => {
  let stack: TestStack;
  let interviews: string;
  beforeAll(async () => {
    interviews = await mkdtemp(join(tmpdir(), 'steadfast-interviews-'));
    const plan = await readFile('interviews/hr-screening-en.yaml', 'utf8');
    const short = plan.replace(/^limits:[^]*/m, 'limits:\n  maxDuration: 15s\n  timeHint: 5s\n');
    await writeFile(join(interviews, 'hr-screening-en.yaml'), short);
    stack = await testStack('start', { INTERVIEWS_DIR: interviews });
  });
  afterAll(async () => {
    await stack.end();
    await rm(interviews, { recursive: true });
  });

  it('ends as time-limit, when the model was told of it and the agent has said goodbye', async () => {
    const { journal } = await listen(stack);
    expect(last(journal, 'outcome')).toMatchObject({ reason: 'time-limit' });
    expect(journal.filter(({ type }) => type === 'time-hint')).toMatchObject([{ leftMs: 5_000 }]);
    expect(dialogue(journal)).toHaveLength(2);
  });
});
