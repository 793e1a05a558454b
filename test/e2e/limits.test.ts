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
  await caller.waitForAgentToLeave(PATIENCE);
  const journal = await journalWith(stack, callId, 'outcome');
  await caller.leave();
  return journal;
}

/** Both take their time, most of it in silence: they are held at the same time, by a worker each. */
describe('the limits of a call', () => {
  let impatient: TestStack;
  let brief: TestStack;
  let interviews: string;

  beforeAll(async () => {
    interviews = await mkdtemp(join(tmpdir(), 'steadfast-interviews-'));
    const plan = await readFile('interviews/hr-screening-en.yaml', 'utf8');
    const short = plan.replace(/^limits:[^]*/m, 'limits:\n  maxDuration: 15s\n  timeHint: 5s\n');
    await writeFile(join(interviews, 'hr-screening-en.yaml'), short);
    [impatient, brief] = await Promise.all([
      testStack('dev', { SILENCE_TIMEOUT: '2s' }),
      testStack('dev', { INTERVIEWS_DIR: interviews }),
    ]);
  });
  afterAll(async () => {
    await impatient.end();
    await brief.end();
    await rm(interviews, { recursive: true });
  });

  it.concurrent(
    'a caller who says nothing is spoken to twice; then the agent says goodbye, and the call ends as caller-silent',
    async () => {
      const journal = await listen(impatient);
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
    },
  );

  it.concurrent(
    'a call that takes too long ends as time-limit, when the model was told of it and the agent has said goodbye',
    async () => {
      const journal = await listen(brief);
      expect(last(journal, 'outcome')).toMatchObject({ reason: 'time-limit' });
      expect(journal.filter(({ type }) => type === 'time-hint')).toMatchObject([{ leftMs: 5_000 }]);
      expect(dialogue(journal)).toHaveLength(2);
    },
  );
});
